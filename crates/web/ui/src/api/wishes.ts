import type { Task } from "./types";

type Patch = Partial<Task>;

interface Pending {
  /** The task as the server has it. */
  served: Task;
  patches: Patch[];
}

/** Tasks with changes that are shown already and that the server has not confirmed yet. */
const pending = new Map<string, Pending>();

/** Notes a change that is on its way to the server; `served` is the task as it was shown before. */
export function addWish(served: Task, patch: Patch) {
  const known = pending.get(served.id) ?? { served, patches: [] };
  pending.set(served.id, { ...known, patches: [...known.patches, patch] });
}

/** Drops a change, because it arrived or was refused. Answers what the fields that it touched are to show now. */
export function removeWish(task_id: string, patch: Patch): Patch {
  const known = pending.get(task_id);
  if (!known) return {};
  const left = known.patches.filter((other) => other !== patch);
  if (left.length > 0) pending.set(task_id, { ...known, patches: left });
  else pending.delete(task_id);
  const now: Record<string, unknown> = Object.assign({}, known.served, ...left);
  return Object.fromEntries(Object.keys(patch).map((field) => [field, now[field]]));
}

/** News of a task, as the person wants to see it: they do not undo what is still on its way to the server. */
export function withWishes(task: Task): Task {
  const known = pending.get(task.id);
  if (!known) return task;
  pending.set(task.id, { ...known, served: task });
  return Object.assign({}, task, ...known.patches);
}
