import { expect, test } from "vitest";
import { clock } from "./countdown";

test("what is left is told in minutes and seconds, and in hours where there are some", () => {
  expect([0, 999, 65_000, 3_600_000, 7_384_000].map(clock)).toEqual(["0:00", "0:01", "1:05", "1:00:00", "2:03:04"]);
  expect(clock(-5)).toBe("0:00");
});
