import { deleteTask } from "@/api/tasks";
import type { Task } from "@/api/types";
import { t } from "@/i18n";
import { confirm } from "@/ui/confirm";
import { toast } from "@/ui/toast";
import { taskName } from "../task/words";

/** Deletes a task, after asking. Answers whether it is gone. */
export async function removeTask(board_id: string, task: Task): Promise<boolean> {
  const question = {
    title: t("task.deleteTitle"),
    text: t("task.deleteText", { title: taskName(task) }),
    action: t("common.delete"),
  };
  if (!(await confirm(question))) return false;
  try {
    await deleteTask(board_id, task.id);
    toast.ok(t("task.deleted", { title: taskName(task) }));
    return true;
  } catch (error) {
    toast.error(error);
    return false;
  }
}
