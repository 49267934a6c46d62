import { describe, expect, test, vi } from "vitest";
import { ApiError } from "./client";
import { changeSeen, inTurn } from "./versions";

vi.mock("@/i18n", () => ({ t: (key: string) => key }));

interface Thing {
  version: string;
  title: string;
  priority: string;
}
const refusal = new ApiError("changed", 409, "changed_meanwhile");
const seen: Thing = { version: "1", title: "a", priority: "low" };

/** A server that has `now`, and says what it was asked to change. */
function server(now: Thing) {
  const sent: string[] = [];
  const send = (header: { "If-Match"?: string }) => {
    sent.push(header["If-Match"] ?? "");
    return header["If-Match"] === `"${now.version}"` ? Promise.resolve(now) : Promise.reject(refusal);
  };
  return { sent, send, read: () => Promise.resolve(now) };
}

describe("a change of what was seen", () => {
  test("goes through when only something else has changed, and is refused when the same has", async () => {
    const { sent, ...rest } = server({ version: "2", title: "a", priority: "high" });
    await changeSeen({ seen, touched: ({ title }) => title, ...rest });
    expect(sent).toEqual(['"1"', '"2"']);
    const refused = vi.fn();
    await expect(changeSeen({ seen, touched: ({ priority }) => priority, refused, ...rest })).rejects.toBe(refusal);
    expect(refused).toHaveBeenCalledWith({ version: "2", title: "a", priority: "high" });
  });

  test("is given up when others are always quicker", async () => {
    let version = 1;
    const read = () => Promise.resolve({ ...seen, version: String(++version) });
    const send = () => Promise.reject(refusal);
    await expect(changeSeen({ seen, touched: ({ title }) => title, send, read })).rejects.toBe(refusal);
    expect(version).toBeLessThan(10);
  });

  test("waits for the one before and is decided on what came of it", async () => {
    const log: unknown[] = [];
    let finish = (_: string) => {};
    const first = inTurn<string>("t", () => new Promise((resolve) => (finish = resolve)));
    const second = inTurn<string>("t", (before) => {
      log.push(before);
      return Promise.reject(new Error("no"));
    });
    const third = inTurn<string>("t", (before) => Promise.resolve(`after ${before}`));
    await Promise.resolve();
    finish("first");
    await first;
    await expect(second).rejects.toThrow("no");
    expect(await third).toBe("after undefined");
    expect(log).toEqual(["first"]);
  });
});
