import type { Task } from "./types";

/** Changes of tasks that are shown already and that the server has not confirmed yet. */
const wishes = new Map<string, Partial<Task>[]>();

export function addWish(task_id: string, patch: Partial<Task>) {
  wishes.set(task_id, [...(wishes.get(task_id) ?? []), patch]);
}

export function removeWish(task_id: string, patch: Partial<Task>) {
  const left = (wishes.get(task_id) ?? []).filter((other) => other !== patch);
  if (left.length > 0) wishes.set(task_id, left);
  else wishes.delete(task_id);
}

/** The task as the person wants to see it: news from the server does not undo what is still on its way there. */
export function withWishes(task: Task): Task {
  return (wishes.get(task.id) ?? []).reduce<Task>((shown, patch) => Object.assign({}, shown, patch), task);
}
