import { expect, test } from "vitest";
import { changesOf } from "./changes";

test("a change has the fields of both sides, once", () => {
  expect(changesOf({ name: "Old", max: 1 }, { max: 2, open: true })).toEqual([
    { field: "name", before: "Old", after: undefined },
    { field: "max", before: "1", after: "2" },
    { field: "open", before: undefined, after: "true" },
  ]);
});

test("nothing is nothing, and what has no fields is shown whole", () => {
  expect(changesOf(null, undefined)).toEqual([]);
  expect(changesOf(null, "words")).toEqual([{ field: "", before: undefined, after: "words" }]);
  expect(changesOf({ a: null }, { a: [1] })).toEqual([{ field: "a", before: undefined, after: "[\n  1\n]" }]);
});
