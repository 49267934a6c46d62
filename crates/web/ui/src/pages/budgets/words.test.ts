import { expect, test } from "vitest";
import type { Budget } from "@/api/types";
import { amountWord, sentAmount, share, typedAmount } from "./words";

test("dollars are typed as dollars and sent in millionths", () => {
  expect(sentAmount("cost", "2,5")).toBe(2_500_000);
  expect(typedAmount("cost", 2_500_000)).toBe("2.5");
  expect(sentAmount("tokens", "1000")).toBe(1000);
  expect(amountWord("cost", 1_234_567)).toBe("$1.23");
});

test("what was allowed on top counts for the share", () => {
  const budget = (used: number, extra: number) => ({ limit: 1000, window: { used, extra } }) as Budget;
  expect(share(budget(800, 0))).toBe(80);
  expect(share(budget(1500, 1000))).toBe(75);
});
