import { expect, test } from "vitest";
import type { Task } from "@/api/types";
import { byOrder, nextOrder, ORDERS, orderOf } from "./order";

const task = (number: number, fields: Partial<Task>) =>
  ({ id: `${number}`, number, title: `T${number}`, priority: "medium", due_at: null, ...fields }) as Task;

const TASKS = [
  task(1, {
    created_at: "2026-01-01",
    updated_at: "2026-01-04",
    priority: "low",
    due_at: "2026-03-01",
    title: "b",
    status: "inbox",
  }),
  task(2, {
    created_at: "2026-01-02",
    updated_at: "2026-01-03",
    priority: "urgent",
    title: "c",
    status: "review",
    custom_field_values: { size: 2 },
  }),
  task(3, {
    created_at: "2026-01-03",
    updated_at: "2026-01-05",
    priority: "urgent",
    due_at: "2026-02-01",
    title: "a",
    status: "done",
    custom_field_values: { size: 10 },
  }),
];

test.each([
  [undefined, [3, 1, 2]],
  ["updated", [3, 1, 2]],
  ["created", [3, 2, 1]],
  ["priority", [3, 2, 1]],
  ["due", [3, 1, 2]],
  ["key", [1, 2, 3]],
  ["title", [3, 1, 2]],
  ["-updated", [2, 1, 3]],
  ["-priority", [1, 3, 2]],
  // What has no date is last, either way round.
  ["-due", [1, 3, 2]],
  ["status", [1, 2, 3]],
  ["field:size", [2, 3, 1]],
  ["-field:size", [3, 2, 1]],
  ["nonsense", [3, 1, 2]],
] as const)("the order %s", (order, numbers) => {
  expect(TASKS.toSorted(byOrder(order)).map(({ number }) => number)).toEqual(numbers);
});

test("a priority that nobody knows ranks as medium", () => {
  const [odd, low] = [task(4, { priority: "P1", updated_at: "1" }), task(5, { priority: "low", updated_at: "2" })];
  expect([low, odd].toSorted(byOrder("priority"))).toEqual([odd, low]);
});

test("every order is total: two different tasks compare the same way from both sides", () => {
  for (const order of ORDERS) {
    const compare = byOrder(order);
    for (const a of TASKS) for (const b of TASKS) expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0);
  }
});

test("numbers in titles count as numbers", () => {
  const titles = ["Step 10", "Step 9", "step 1"].map((title, n) => task(n, { title }));
  expect(titles.toSorted(byOrder("title")).map(({ title }) => title)).toEqual(["step 1", "Step 9", "Step 10"]);
});

test("asking for an order again turns it round, and then back to the usual one", () => {
  expect(nextOrder(undefined, "priority")).toBe("priority");
  expect(nextOrder("priority", "priority")).toBe("-priority");
  expect(nextOrder("-priority", "priority")).toBeUndefined();
  expect(nextOrder(undefined, "updated")).toBe("-updated");
  expect(orderOf("-created").ascending).toBe(true);
  expect(orderOf("title").ascending).toBe(true);
});

test("the order that people give is that of the ranks, character by character", () => {
  const ranked = ["7ffffffdi", "7ffffffei", "7ffffffd0", "", "7ffffffdi0i"].map((rank, at) => task(at, { rank }));
  const sorted = ranked.toSorted(byOrder("manual")).map(({ rank }) => rank);
  expect(sorted).toEqual(["", "7ffffffd0", "7ffffffdi", "7ffffffdi0i", "7ffffffei"]);
  expect(ranked.toSorted(byOrder("-manual")).map(({ rank }) => rank)).toEqual(sorted.toReversed());
});
