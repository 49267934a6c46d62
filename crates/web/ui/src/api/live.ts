import { notifyManager } from "@tanstack/react-query";
import { append, GATHER_MS, patchSnapshot, prepend, prependActivity, RECOUNT_MS, reread } from "./cache";
import { applyJob } from "./jobs";
import { applyMessage } from "./messages";
import { byName } from "./names";
import { agents, commentFeed, comments, me, pendingApprovals, taskActivity } from "./queries";
import { queryClient } from "./query-client";
import type { LiveEvent } from "./stream";
import type {
  Activity,
  Agent,
  AgentMessage,
  Approval,
  BoardSnapshot,
  Comment,
  CommentItem,
  GroupMemory,
  Job,
  Memory,
  Task,
} from "./types";
import { withWishes } from "./wishes";

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
  const { kind, payload, board_id } = event;
  const [entity] = kind.split(".");
  switch (entity) {
    case "task":
      return applyTask(event);
    case "approval":
      return applyApproval(event);
    case "job":
      return applyJob(payload.job as Job);
    case "message":
      return applyMessage(payload.message as AgentMessage);
    case "agent":
      return applyAgent(kind, payload.agent as Agent);
    case "memory":
      return applyMemory(payload.memory as Memory);
    case "group_memory": {
      const memory = payload.memory as GroupMemory;
      return append<GroupMemory>(["board-group", memory.board_group_id, "memory"], memory);
    }
    case "board":
      // The event has little more than the name.
      if (kind === "board.updated") reread(["board", board_id ?? "", "snapshot"], RECOUNT_MS);
      // What is shown of it is there no more.
      if (kind === "board.deleted") void queryClient.resetQueries({ queryKey: ["board", board_id ?? ""] });
      reread(["boards"]);
      reread(["onboarding", board_id ?? ""]);
      return;
    case "board_group":
      reread(["board-groups"]);
      return reread(["board-group"]);
    case "webhook":
      return reread(["board", board_id ?? "", "webhooks"]);
    case "member":
      reread(["member"]);
      return reread(["members"]);
    case "custom_field":
      return reread(["custom-fields"]);
    case "organization":
      return reread(["organizations"]);
    default:
      // gateway, tag, invite, skill, …: the key is the plural of the entity.
      return reread([`${entity}s`]);
  }
}

function applyTask({ kind, payload, board_id, created_at }: LiveEvent) {
  const activity = payload.activity as Partial<Activity> | undefined;
  if (activity?.id) {
    const event = { ...activity, board_id, created_at: activity.created_at ?? created_at } as Activity;
    prependActivity(event);
    if (event.task_id) append<Activity>(taskActivity(event.task_id).queryKey, event);
    // The stream says who acted by id alone; only of ourselves that says enough.
    if (event.user_id && event.user_id !== queryClient.getQueryData(me.queryKey)?.id) {
      reread(["activity"], RECOUNT_MS);
      reread(taskActivity(event.task_id ?? "").queryKey, RECOUNT_MS);
    }
  }
  if (!board_id) return;
  if (kind === "task.commented") {
    const item = payload.item as CommentItem;
    const comment: Comment = { ...(payload.comment as Comment), user_id: item.user_id, user_name: item.user_name };
    append<Comment>(comments(board_id, item.task_id).queryKey, comment);
    return prepend(commentFeed.queryKey, item);
  }
  const task = payload.task as Task;
  patchSnapshot(board_id, (snapshot) => ({
    ...snapshot,
    tasks: kind === "task.deleted" ? snapshot.tasks.filter(({ id }) => id !== task.id) : upsertTask(snapshot, task),
  }));
  reread(["metrics"], RECOUNT_MS);
  reread(["board-group"], RECOUNT_MS);
}

/** The tasks with this one as the server has it, and with our own unconfirmed changes on top. */
function upsertTask(snapshot: BoardSnapshot, task: Task): Task[] {
  const known = snapshot.tasks.find(({ id }) => id === task.id);
  const assignee = snapshot.agents.find(({ id }) => id === task.assigned_agent_id)?.name ?? null;
  const uncounted: Partial<Task> = known ?? { approvals_count: 0, approvals_pending_count: 0 };
  const merged = withWishes({ ...uncounted, ...task, assignee });
  return known ? snapshot.tasks.map((other) => (other.id === task.id ? merged : other)) : [merged, ...snapshot.tasks];
}

interface TaskCounts {
  task_id: string;
  approvals_count: number;
  approvals_pending_count: number;
}

function applyApproval({ kind, payload, board_id }: LiveEvent) {
  const approval = payload.approval as Approval;
  if (!board_id) return;
  const gone = kind === "approval.deleted";
  const upsert = (list: Approval[]) => {
    if (gone) return list.filter(({ id }) => id !== approval.id);
    const known = list.some(({ id }) => id === approval.id);
    return known
      ? list.map((other) => (other.id === approval.id ? { ...other, ...approval } : other))
      : [approval, ...list];
  };
  const counts = [payload.task_counts ?? []].flat() as TaskCounts[];
  patchSnapshot(board_id, (snapshot) => ({
    ...snapshot,
    approvals: upsert(snapshot.approvals),
    pending_approvals_count:
      (payload.pending_approvals_count as number | undefined) ?? snapshot.pending_approvals_count,
    tasks: snapshot.tasks.map((task) => ({ ...task, ...counts.find(({ task_id }) => task_id === task.id) })),
  }));
  queryClient.setQueryData(
    pendingApprovals.queryKey,
    (list) => list && upsert(list).filter(({ status }) => status === "pending"),
  );
  reread(["metrics"], RECOUNT_MS);
}

function applyAgent(kind: string, agent: Agent) {
  const key = agents.queryKey;
  const before = queryClient.getQueryData(key)?.find(({ id }) => id === agent.id);
  const upsert = (list: Agent[]) => {
    const others = list.filter(({ id }) => id !== agent.id);
    if (kind === "agent.deleted") return others;
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
  append<Memory>(["board", memory.board_id, "memory"], memory);
  // What is posted to a webhook is noted there, also when there is nobody to tell of it.
  if (memory.source === "webhook") reread(["board", memory.board_id, "webhooks"]);
  if (!memory.is_chat) return;
  patchSnapshot(memory.board_id, (snapshot) =>
    snapshot.chat_messages.some(({ id }) => id === memory.id)
      ? snapshot
      : { ...snapshot, chat_messages: [...snapshot.chat_messages, memory] },
  );
}
