import { expect, test } from "vitest";
import { steady } from "./steady";

const items = (...ids: string[]) => ids.map((id) => ({ id }));

test("what is shown keeps its order, and newcomers wait", () => {
  expect(steady(["a", "b"], items("new", "b", "a"))).toEqual({ shown: items("a", "b"), fresh: items("new") });
});

test("what is gone leaves no gap", () => {
  expect(steady(["a", "b", "c"], items("c", "a"))).toEqual({ shown: items("a", "c"), fresh: [] });
});
