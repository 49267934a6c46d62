import { expect, test } from "vitest";
import type { Task } from "./types";
import { addWish, removeWish, withWishes } from "./wishes";

const task = (fields: Partial<Task>) =>
  ({ id: "t", title: "Old", status: "inbox", priority: "low", ...fields }) as Task;

test("news does not undo what is still on its way to the server", () => {
  const wish = { title: "New" };
  addWish(task({}), wish);
  expect(withWishes(task({ priority: "high" }))).toMatchObject({ title: "New", priority: "high" });
  removeWish("t", wish);
  expect(withWishes(task({}))).toMatchObject({ title: "Old" });
});

test("what was refused shows what the server has now, in the fields that it touched alone", () => {
  const wish = { title: "New" };
  addWish(task({}), wish);
  withWishes(task({ title: "Somebody else's", priority: "high" }));
  expect(removeWish("t", wish)).toEqual({ title: "Somebody else's" });
});

test("what was refused leaves a later change of the same field in place", () => {
  const [first, second] = [{ title: "First" }, { title: "Second", status: "done" as const }];
  addWish(task({}), first);
  addWish(task({ title: "First" }), second);
  expect(removeWish("t", first)).toEqual({ title: "Second" });
  expect(removeWish("t", second)).toEqual({ title: "Old", status: "inbox" });
});
