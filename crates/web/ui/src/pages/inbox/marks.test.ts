import { expect, test } from "vitest";
import { nameOfItem, withMarks } from "./marks";

test("marks are there once, the latest first, and taking one back leaves the others", () => {
  expect(withMarks(["a", "b"], ["b", "c"], true)).toEqual(["b", "c", "a"]);
  expect(withMarks(["a", "b", "c"], ["b"], false)).toEqual(["a", "c"]);
});

test("the name of an item is as long as the server takes, and no letter is cut in two", () => {
  expect(nameOfItem("id", "offline")).toBe("id:offline");
  expect(nameOfItem("id", "🦀".repeat(300))).toBe(`id:${"🦀".repeat(197)}`);
  expect(nameOfItem(`${"x".repeat(199)} y`)).toBe("x".repeat(199));
});
