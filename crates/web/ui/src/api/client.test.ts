import { expect, test } from "vitest";
import { answer, whenHindered } from "./client";

const accepted = (headers?: HeadersInit) =>
  Promise.resolve({ data: { id: "a" }, response: new Response(null, { status: 202, headers }) });

test("an answer that has to wait says why, and is an answer all the same", async () => {
  const told: string[] = [];
  whenHindered((code) => told.push(code));
  expect(await answer(accepted())).toEqual({ id: "a" });
  expect(told).toEqual([]);
  expect(await answer(accepted({ "X-Warning": "no_worker: It waits for a worker, and none is alive" }))).toEqual({
    id: "a",
  });
  expect(told).toEqual(["no_worker"]);
});
