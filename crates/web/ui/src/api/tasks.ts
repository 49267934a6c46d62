import { type Assigned, assigneeName } from "./assignee";
import { patchSnapshot } from "./cache";
import { answer, api } from "./client";
import { boardSnapshot, comments, tags } from "./queries";
import { queryClient } from "./query-client";
import type { Comment, Task, TaskUpdate } from "./types";
import { changeSeen, inTurn } from "./versions";
import { addWish, removeWish, touchedBy, withWishes } from "./wishes";

/**
 * Changes a task: it shows at once. When the server refuses, the fields that the change touched show what the server has, and
 * everything else stays as it came meanwhile. What others have changed meanwhile is not overwritten: `seen` is the task that
 * the change was decided on, which is the one that is shown unless it is said. Answers the task before and after.
 */
export async function changeTask(
  board_id: string,
  task_id: string,
  update: TaskUpdate,
  seen?: Task,
): Promise<{ before: Task; after: Task }> {
  const path = { board_id, task_id };
  const before = taskOf(board_id, task_id);
  const wish = shown(board_id, before, update);
  if (before) addWish(before, wish);
  patchTask(board_id, task_id, wish);
  const send = (header: { "If-Match"?: string }) =>
    answer(api.PATCH("/api/v1/boards/{board_id}/tasks/{task_id}", { params: { path, header }, body: update }));
  const read = () => answer(api.GET("/api/v1/boards/{board_id}/tasks/{task_id}", { params: { path } }));
  try {
    const after = await inTurn<Partial<Task>>(task_id, (last) =>
      changeSeen<Partial<Task>>({
        seen: seen ?? last ?? before ?? {},
        touched: (task) => touched(task, update),
        send,
        read,
        refused: (now) => {
          // The change is taken back below; what is shown then is what the others made of it.
          changeShown(board_id, task_id, (task) => withWishes({ ...task, ...now }));
        },
      }),
    );
    removeWish(task_id, wish);
    const assignee = nameOf(board_id, after);
    changeShown(board_id, task_id, (task) => withWishes({ ...task, ...after, assignee }));
    return { before: before ?? (after as Task), after: after as Task };
  } catch (error) {
    patchTask(board_id, task_id, touchedBy(wish, removeWish(task_id, wish)));
    throw error;
  }
}

/** What the change is about, as it is in this task. */
function touched(task: Partial<Task>, update: TaskUpdate): unknown {
  const { comment: _, after_task_id: __, custom_field_values, ...fields } = update;
  const values = Object.keys(custom_field_values ?? {}).map((key) => task.custom_field_values?.[key] ?? null);
  return [...Object.keys(fields).map((field) => task[field as keyof Task] ?? null), values];
}

/** Takes a change back, unless others have changed the same since: what they made of it stays. */
export function takeBack(board_id: string, before: Task, after: Task, update: TaskUpdate) {
  return changeTask(board_id, after.id, inverse(before, update), after);
}

/** The change that takes another change back. */
function inverse(before: Task, update: TaskUpdate): TaskUpdate {
  const back: TaskUpdate = {};
  if ("status" in update) back.status = before.status as TaskUpdate["status"];
  if ("status" in update || "assigned_agent_id" in update || "assigned_user_id" in update) {
    back.assigned_agent_id = before.assigned_agent_id ?? null;
    back.assigned_user_id = before.assigned_user_id ?? null;
  }
  if ("priority" in update) back.priority = before.priority;
  if ("title" in update) back.title = before.title;
  if ("description" in update) back.description = before.description ?? null;
  if ("due_at" in update) back.due_at = before.due_at ?? null;
  if ("tag_ids" in update) back.tag_ids = before.tag_ids;
  if ("depends_on_task_ids" in update) back.depends_on_task_ids = before.depends_on_task_ids;
  if (update.custom_field_values) {
    const values = before.custom_field_values ?? {};
    const keys = Object.keys(update.custom_field_values);
    back.custom_field_values = Object.fromEntries(keys.map((key) => [key, values[key] ?? null]));
  }
  return back;
}

export async function deleteTask(board_id: string, task_id: string) {
  await answer(api.DELETE("/api/v1/boards/{board_id}/tasks/{task_id}", { params: { path: { board_id, task_id } } }));
  patchSnapshot(board_id, (board) => ({ ...board, tasks: board.tasks.filter(({ id }) => id !== task_id) }));
}

export async function comment(board_id: string, task_id: string, message: string): Promise<Comment> {
  const said = await answer(
    api.POST("/api/v1/boards/{board_id}/tasks/{task_id}/comments", {
      params: { path: { board_id, task_id } },
      body: { message },
    }),
  );
  queryClient.setQueryData<Comment[]>(comments(board_id, task_id).queryKey, (list) =>
    list?.some(({ id }) => id === said.id) ? list : [...(list ?? []), said],
  );
  return said;
}

function taskOf(board_id: string, task_id: string): Task | undefined {
  return queryClient.getQueryData(boardSnapshot(board_id).queryKey)?.tasks.find(({ id }) => id === task_id);
}

function changeShown(board_id: string, task_id: string, change: (task: Task) => Task) {
  patchSnapshot(board_id, (board) => ({
    ...board,
    tasks: board.tasks.map((task) => (task.id === task_id ? change(task) : task)),
  }));
}

function patchTask(board_id: string, task_id: string, patch: Partial<Task>) {
  changeShown(board_id, task_id, (task) => ({ ...task, ...patch }));
}

function nameOf(board_id: string, task: Assigned): string | null {
  const snapshot = queryClient.getQueryData(boardSnapshot(board_id).queryKey);
  return snapshot ? assigneeName(snapshot, task) : null;
}

/** How a task looks with this change. */
function shown(board_id: string, before: Task | undefined, update: TaskUpdate): Partial<Task> {
  const {
    comment: _,
    tag_ids,
    depends_on_task_ids,
    status,
    title,
    priority,
    custom_field_values,
    after_task_id,
    ...rest
  } = update;
  const patch: Partial<Task> = { ...rest };
  if (after_task_id !== undefined) patch.rank = rankBehind(after_task_id && taskOf(board_id, after_task_id)?.rank);
  if (status) patch.status = status;
  if (title) patch.title = title;
  if (priority) patch.priority = priority;
  if (update.assigned_agent_id) patch.assigned_user_id = null;
  if (update.assigned_user_id) patch.assigned_agent_id = null;
  if ("assigned_agent_id" in update || "assigned_user_id" in update) {
    patch.assignee = nameOf(board_id, { ...before, ...patch });
  }
  if (tag_ids) {
    const known = queryClient.getQueryData(tags.queryKey) ?? [];
    patch.tag_ids = tag_ids;
    patch.tags = tag_ids.flatMap((id) => known.find((tag) => tag.id === id) ?? []);
  }
  if (custom_field_values) patch.custom_field_values = { ...before?.custom_field_values, ...custom_field_values };
  if (depends_on_task_ids) patch.depends_on_task_ids = depends_on_task_ids;
  return patch;
}

/** A rank that is shown until the server says which it is: right behind another one, or before all. */
export function rankBehind(rank: string | null | undefined): string {
  // No rank ends with a zero, so none is between.
  return rank ? `${rank}0` : "";
}
