import { ApiError } from "@/api/client";
import { changeTask, deleteTask, takeBack } from "@/api/tasks";
import type { Task, TaskUpdate } from "@/api/types";
import { t } from "@/i18n";
import { confirm } from "@/ui/confirm";
import { toast } from "@/ui/toast";

/** Requests at once: a browser has six connections, and the event stream holds one. */
const AT_ONCE = 4;

/** Why one of many was not done. */
interface Refusal {
  task: Task;
  reason: string;
}

/** Does the same with every task; answers which were refused, in the order of `tasks`. */
async function each(tasks: Task[], act: (task: Task) => Promise<string | undefined>): Promise<Refusal[]> {
  const reasons = new Map<Task, string>();
  const queue = [...tasks];
  const work = async () => {
    for (let task = queue.shift(); task; task = queue.shift()) {
      const reason = await act(task).catch(reasonOf);
      if (reason) reasons.set(task, reason);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return tasks.flatMap((task) => {
    const reason = reasons.get(task);
    return reason ? [{ task, reason }] : [];
  });
}

function reasonOf(error: unknown): string {
  return error instanceof ApiError ? [error.message, error.remedy].filter(Boolean).join(" ") : t("error.unexpected");
}

/** Changes many tasks, says how many were, which were refused and why, and offers to take it back. */
export async function changeAll(
  board_id: string,
  tasks: Task[],
  updateOf: (task: Task) => TaskUpdate,
  done: "bulk.moved" | "bulk.changed",
): Promise<Task[]> {
  const undo = new Map<Task, () => Promise<unknown>>();
  const refused = await each(tasks, async (task) => {
    const update = updateOf(task);
    const { before, after } = await changeTask(board_id, task.id, update);
    // A task that waits for another stays in the inbox, whatever was wanted.
    if (update.status && after.status !== update.status) {
      return t("rule.blocked");
    }
    undo.set(task, () => takeBack(board_id, before, after, update));
    return undefined;
  });
  const back = async () => {
    const changed = [...undo.keys()];
    const kept = await each(changed, async (task) => {
      await undo.get(task)?.();
      return undefined;
    });
    report(t("bulk.undone", { count: changed.length - kept.length }), kept);
  };
  report(t(done, { count: tasks.length - refused.length }), refused, undo.size > 0 ? () => void back() : undefined);
  return refused.map(({ task }) => task);
}

/** Deletes many tasks, after asking; answers which are still there. */
export async function deleteAll(board_id: string, tasks: Task[]): Promise<Task[]> {
  const count = tasks.length;
  const question = { title: t("bulk.deleteTitle", { count }), text: t("bulk.deleteText"), action: t("common.delete") };
  if (!(await confirm(question))) return tasks;
  const refused = await each(tasks, (task) => deleteTask(board_id, task.id).then(() => undefined));
  report(t("bulk.deleted", { count: count - refused.length }), refused);
  return refused.map(({ task }) => task);
}

function report(done: string, refused: Refusal[], undo?: () => void) {
  const action = undo && { label: t("common.undo"), run: undo, undo: true as const };
  if (refused.length === 0) return toast.ok(done, action);
  const reasons = [...Map.groupBy(refused, ({ reason }) => reason)].map(
    ([reason, all]) => `${all.map(({ task }) => task.key ?? task.title).join(", ")}: ${reason}`,
  );
  toast.bad(t("bulk.refused", { done, count: refused.length }), reasons.join(" "), action);
}
