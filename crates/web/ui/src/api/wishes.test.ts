import { expect, test } from "vitest";
import type { Task } from "./types";
import { addWish, dropWishes, removeWish, touchedBy, withWishes } from "./wishes";

const task = (fields: Partial<Task>) =>
  ({ id: "t", title: "Old", status: "inbox", priority: "low", ...fields }) as Task;

const refused = (wish: Partial<Task>) => touchedBy(wish, removeWish<Task>("t", wish));

test("news does not undo what is still on its way to the server", () => {
  const wish = { title: "New" };
  addWish(task({}), wish);
  expect(withWishes(task({ priority: "high" }))).toMatchObject({ title: "New", priority: "high" });
  removeWish<Task>("t", wish);
  expect(withWishes(task({}))).toMatchObject({ title: "Old" });
});

test("what was refused shows what the server has now, in the fields that it touched alone", () => {
  const wish = { title: "New" };
  addWish(task({}), wish);
  withWishes(task({ title: "Somebody else's", priority: "high" }));
  expect(refused(wish)).toEqual({ title: "Somebody else's" });
});

test("what was refused leaves a later change of the same field in place", () => {
  const [first, second] = [{ title: "First" }, { title: "Second", status: "done" as const }];
  addWish(task({}), first);
  addWish(task({ title: "First" }), second);
  expect(refused(first)).toEqual({ title: "Second" });
  expect(refused(second)).toEqual({ title: "Old", status: "inbox" });
});

test("what was refused is there as the server has it now, with all that came meanwhile", () => {
  const wish = { status: "done" as const };
  addWish(task({}), wish);
  withWishes(task({ priority: "high" }));
  expect(removeWish<Task>("t", wish)).toEqual(task({ priority: "high" }));
});

test("nothing comes back of what is gone", () => {
  const wish = { title: "New" };
  addWish(task({}), wish);
  dropWishes("t");
  expect(refused(wish)).toEqual({});
  expect(withWishes(task({}))).toMatchObject({ title: "Old" });
});
