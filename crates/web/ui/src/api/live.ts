import { notifyManager } from "@tanstack/react-query";
import { assigneeName } from "./assignee";
import { append, GATHER_MS, patchSnapshot, prepend, prependActivity, RECOUNT_MS, reread } from "./cache";
import { applyJob } from "./jobs";
import { applyMessage } from "./messages";
import { byName } from "./names";
import { agents, commentFeed, comments, me, mentionFeed, myTasks, pendingApprovals, taskActivity } from "./queries";
import { queryClient } from "./query-client";
import type { Activity, Agent, Approval, BoardSnapshot, Comment, GroupMemory, LiveEvent, Memory, Task } from "./types";
import { dropWishes, withWishes } from "./wishes";

/** An entry of one of these kinds. */
type Entry<Kind extends LiveEvent["kind"]> = Extract<LiveEvent, { kind: Kind }>;
type TaskEntry = Entry<"task.created" | "task.updated" | "task.status_changed">;
type ServedTask = TaskEntry["payload"]["task"];

let gathered: LiveEvent[] = [];

/** Takes an event of the stream into what the pages show. */
export function receive(event: LiveEvent) {
  gathered.push(event);
  if (gathered.length > 1) return;
  window.setTimeout(() => {
    const events = gathered;
    gathered = [];
    notifyManager.batch(() => events.forEach(apply));
  }, GATHER_MS);
}

function apply(event: LiveEvent) {
  switch (event.kind) {
    case "task.created":
    case "task.updated":
    case "task.status_changed":
      return applyTask(event);
    case "task.deleted":
      return forgetTask(event);
    case "task.commented":
      return applyComment(event);
    case "approval.created":
    case "approval.updated":
      return applyApproval(event);
    case "approval.deleted":
      return forgetApproval(event);
    case "job.created":
    case "job.updated":
      return applyJob(event.payload.job);
    case "message.created":
    case "message.updated":
      return applyMessage(event.payload.message);
    case "agent.created":
    case "agent.updated":
    case "agent.deleted":
      return applyAgent(event.payload.agent, event.kind === "agent.deleted");
    case "memory.created":
      return applyMemory(event.payload.memory);
    case "group_memory.created": {
      const { memory } = event.payload;
      if (!memory.is_chat) return reread(["notes"]);
      return append<GroupMemory>(["board-group", memory.board_group_id, "memory"], memory);
    }
    case "board.created":
    case "board.updated":
    case "board.deleted":
      // The event has little more than the name.
      if (event.kind === "board.updated") reread(["board", event.board_id ?? "", "snapshot"], RECOUNT_MS);
      // What is shown of it is there no more.
      if (event.kind === "board.deleted") void queryClient.resetQueries({ queryKey: ["board", event.board_id ?? ""] });
      reread(["boards"]);
      return reread(["onboarding", event.board_id ?? ""]);
    case "board_group.created":
    case "board_group.updated":
    case "board_group.deleted":
      reread(["board-groups"]);
      return reread(["board-group"]);
    case "run.created":
    case "run.updated":
      reread(["exec-approvals"]);
      reread(["usage"], RECOUNT_MS);
      return reread(["runs"]);
    case "exec_policy.created":
    case "exec_policy.withdrawn":
    case "exec_policy.decided":
      reread(["exec-approvals"]);
      return reread(["exec-policies"]);
    case "webhook.created":
    case "webhook.updated":
    case "webhook.deleted":
      return reread(["board", event.board_id ?? "", "webhooks"]);
    case "member.created":
    case "member.updated":
    case "member.deleted":
      reread(["member"]);
      // Who may be given tasks is told with each board.
      reread(["board"], RECOUNT_MS);
      return reread(["members"]);
    case "custom_field.created":
    case "custom_field.updated":
    case "custom_field.deleted":
      return reread(["custom-fields"]);
    default: {
      // gateway, tag, invite, skill, …: the key is the plural of the entity.
      const [entity] = event.kind.split(".");
      return reread([`${entity}s`]);
    }
  }
}

function applyTask({ payload: { activity, task }, board_id }: TaskEntry) {
  if (activity) applyActivity({ ...activity, board_id });
  changeTasks(board_id, (snapshot) => upsertTask(snapshot, task));
  noticeMine(task);
}

/** Reads the person's own tasks again where this is one, or was. */
function noticeMine({ id, assigned_user_id }: ServedTask) {
  const mine = assigned_user_id && assigned_user_id === queryClient.getQueryData(me.queryKey)?.id;
  const known = queryClient.getQueryData(myTasks.queryKey)?.some((task) => task.id === id);
  if (mine || known) reread(myTasks.queryKey);
}

function forgetTask({ payload: { task }, board_id }: Entry<"task.deleted">) {
  changeTasks(board_id, ({ tasks }) => tasks.filter(({ id }) => id !== task.id));
  noticeMine(task);
}

function changeTasks(board_id: string | null, change: (snapshot: BoardSnapshot) => Task[]) {
  if (!board_id) return;
  patchSnapshot(board_id, (snapshot) => ({ ...snapshot, tasks: change(snapshot) }));
  reread(["metrics"], RECOUNT_MS);
  reread(["board-group"], RECOUNT_MS);
}

function applyActivity(event: Activity) {
  prependActivity(event);
  if (event.task_id) append<Activity>(taskActivity(event.task_id).queryKey, event);
  // The stream says who acted by id alone; only of ourselves that says enough.
  if (event.user_id && event.user_id !== queryClient.getQueryData(me.queryKey)?.id) {
    reread(["activity"], RECOUNT_MS);
    reread(taskActivity(event.task_id ?? "").queryKey, RECOUNT_MS);
  }
}

function applyComment({ payload: { activity, comment, item }, board_id }: Entry<"task.commented">) {
  applyActivity({ ...activity, board_id, task_title: item.task_title });
  if (!board_id) return;
  const { user_id, user_name } = item;
  append<Comment>(comments(board_id, item.task_id).queryKey, { ...comment, user_id, user_name });
  prepend(commentFeed.queryKey, item);
  const own = queryClient.getQueryData(me.queryKey)?.id;
  if (own && item.mentioned_user_ids.includes(own)) prepend(mentionFeed.queryKey, item);
}

/** The tasks with this one as the server has it, and with our own unconfirmed changes on top. */
function upsertTask(snapshot: BoardSnapshot, task: ServedTask): Task[] {
  const known = snapshot.tasks.find(({ id }) => id === task.id);
  const assignee = assigneeName(snapshot, task);
  const counted = known ?? { approvals_count: 0, approvals_pending_count: 0 };
  const merged = withWishes({ ...counted, ...task, assignee });
  return known ? snapshot.tasks.map((other) => (other.id === task.id ? merged : other)) : [merged, ...snapshot.tasks];
}

function applyApproval({ payload, board_id }: Entry<"approval.created" | "approval.updated">) {
  const { pending_approvals_count } = payload;
  if (!board_id) return;
  const approval = withWishes(payload.approval);
  const upsert = (list: Approval[]) =>
    list.some(({ id }) => id === approval.id)
      ? list.map((other) => (other.id === approval.id ? { ...other, ...approval } : other))
      : [approval, ...list];
  const counts = [payload.task_counts ?? []].flat();
  patchSnapshot(board_id, (snapshot) => ({
    ...snapshot,
    approvals: upsert(snapshot.approvals),
    pending_approvals_count,
    tasks: snapshot.tasks.map((task) => ({ ...task, ...counts.find(({ task_id }) => task_id === task.id) })),
  }));
  changePending((list) => upsert(list).filter(({ status }) => status === "pending"));
}

function forgetApproval({ payload: { approval }, board_id }: Entry<"approval.deleted">) {
  if (!board_id) return;
  dropWishes(approval.id);
  const without = (list: Approval[]) => list.filter(({ id }) => id !== approval.id);
  patchSnapshot(board_id, (snapshot) => ({ ...snapshot, approvals: without(snapshot.approvals) }));
  changePending(without);
}

function changePending(change: (list: Approval[]) => Approval[]) {
  queryClient.setQueryData(pendingApprovals.queryKey, (list) => list && change(list));
  reread(["metrics"], RECOUNT_MS);
}

function applyAgent(agent: Agent, gone: boolean) {
  const key = agents.queryKey;
  const before = queryClient.getQueryData(key)?.find(({ id }) => id === agent.id);
  const upsert = (list: Agent[]) => {
    const others = list.filter(({ id }) => id !== agent.id);
    if (gone) return others;
    const known = list.find(({ id }) => id === agent.id);
    if (known?.name === agent.name) return list.map((other) => (other === known ? agent : other));
    return [...others, agent].toSorted(byName);
  };
  queryClient.setQueryData<Agent[]>(key, (list) => list && upsert(list));
  queryClient.setQueryData<Agent>(["agent", agent.id], (known) => known && { ...known, ...agent });
  reread(["agent", agent.id, "counts"], RECOUNT_MS);
  if (agent.board_id) patchSnapshot(agent.board_id, (snapshot) => ({ ...snapshot, agents: upsert(snapshot.agents) }));
  // A check-in alone is no news for the feed.
  if (before && before.status !== agent.status) reread(["activity"], RECOUNT_MS);
}

function applyMemory(memory: Memory) {
  if (!memory.is_chat) reread(["notes"]);
  // What is posted to a webhook is noted there, also when there is nobody to tell of it.
  if (memory.source === "webhook") reread(["board", memory.board_id, "webhooks"]);
  if (!memory.is_chat) return;
  patchSnapshot(memory.board_id, (snapshot) =>
    snapshot.chat_messages.some(({ id }) => id === memory.id)
      ? snapshot
      : { ...snapshot, chat_messages: [...snapshot.chat_messages, memory] },
  );
}
