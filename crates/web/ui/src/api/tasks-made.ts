import { patchSnapshot } from "./cache";
import { answer, api } from "./client";
import type { components } from "./schema";
import type { Task } from "./types";

/** Makes a task; it shows at once. */
export async function createTask(board_id: string, body: components["schemas"]["TaskCreate"]): Promise<Task> {
  const made = await answer(api.POST("/api/v1/boards/{board_id}/tasks", { params: { path: { board_id } }, body }));
  const task: Task = { approvals_count: 0, approvals_pending_count: 0, assignee: null, ...made };
  patchSnapshot(board_id, (now) =>
    now.tasks.some(({ id }) => id === task.id) ? now : { ...now, tasks: [task, ...now.tasks] },
  );
  return task;
}
