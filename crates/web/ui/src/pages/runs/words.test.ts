import { expect, test } from "vitest";
import { duration, lasted, money } from "./words";

test("what nobody has a price for costs nothing that is known", () => {
  expect(money(null)).toBeUndefined();
  expect(money(0)).toBe("$0.0000");
  expect(money(9_500)).toBe("$0.0095");
  expect(money(1_234_567)).toBe("$1.23");
});

test("a duration is told in the unit that fits", () => {
  expect(lasted(40)).toBe("40 ms");
  expect(lasted(2_350)).toBe("2.4 s");
  expect(lasted(125_000)).toBe("2 min 5 s");
  expect(duration(null, null)).toBeUndefined();
  expect(duration("2026-11-23T10:00:00Z", "2026-11-23T10:00:01Z")).toBe("1.0 s");
});
