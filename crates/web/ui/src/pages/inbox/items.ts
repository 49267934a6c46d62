import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import * as queries from "@/api/queries";
import type { Agent, Approval, CommentItem, MyTask, User } from "@/api/types";
import { useAccess } from "@/app/access";
import { isInTrouble } from "../agents/status";
import { inboxMarks, nameOfItem, seenMark } from "./marks";

/** Something that waits for the person. */
export type InboxItem =
  | { kind: "approval"; id: string; at: string; approval: Approval }
  | { kind: "mention"; id: string; at: string; comment: CommentItem }
  | { kind: "task"; id: string; at: string; task: MyTask; isNew: boolean }
  | { kind: "agent"; id: string; at: string; agent: Agent };

/** What waits for the person, newest first. */
export function useInbox(): { items: InboxItem[]; loading: boolean; error: unknown } {
  const { isAdmin, canWrite, role } = useAccess();
  const approvals = useQuery(queries.pendingApprovals);
  const feed = useQuery(queries.commentFeed);
  const mentioned = useQuery(queries.mentionFeed);
  const own = useQuery(queries.myTasks);
  const agents = useQuery({ ...queries.agents, enabled: isAdmin });
  const { data: me } = useQuery(queries.me);
  const marks = useQuery(inboxMarks);
  const items = useMemo(() => {
    const handles = me ? handlesOf(me) : [];
    const done = new Set(marks.data);
    const called = mentioned.data?.items ?? [];
    // What was said before the server kept whom it mentions.
    const older = (feed.data?.items ?? []).filter(
      ({ id, user_id, message }) =>
        user_id !== me?.id && mentions(message ?? "", handles) && !called.some((other) => other.id === id),
    );
    const all: InboxItem[] = [
      // What others have to decide does not wait for the person.
      ...(approvals.data ?? [])
        .filter(({ board_id }) => canWrite(board_id))
        .map((approval): InboxItem => ({ kind: "approval", id: approval.id, at: approval.created_at, approval })),
      ...[...called, ...older].map(
        (comment): InboxItem => ({ kind: "mention", id: comment.id, at: comment.created_at, comment }),
      ),
      ...(own.data ?? []).map((task): InboxItem => {
        const at = task.assigned_at ?? task.updated_at;
        return { kind: "task", id: nameOfItem(task.id, at), at, task, isNew: !done.has(seenMark(task.id, at)) };
      }),
      ...(agents.data ?? [])
        .filter(isInTrouble)
        // Another failure of the same agent is another item.
        .map(
          (agent): InboxItem => ({
            kind: "agent",
            id: nameOfItem(agent.id, agent.cause ?? agent.state),
            at: agent.updated_at,
            agent,
          }),
        ),
    ];
    return all.filter(({ id }) => !done.has(id)).toSorted((a, b) => b.at.localeCompare(a.at));
  }, [approvals.data, feed.data, mentioned.data, own.data, agents.data, marks.data, me, canWrite]);
  const shown = [approvals, feed, mentioned, own, marks];
  const sources = isAdmin ? [...shown, agents] : shown;
  return {
    items,
    loading: !role || sources.some(({ isPending }) => isPending),
    // What could not be read may have something in it.
    error: sources.find(({ error }) => error)?.error,
  };
}

/** How much waits: of the person's tasks those that they have not looked at. */
export function newsOf(items: InboxItem[]): number {
  return items.filter((item) => item.kind !== "task" || item.isNew).length;
}

/** Names by which agents call the person. */
function handlesOf(user: User): string[] {
  const names = [user.preferred_name, user.name].flatMap((name) => (name ? [name, name.split(/\s+/)[0] ?? ""] : []));
  return [...names.map((name) => name.replace(/\s+/g, "").toLowerCase()), "human", "operator"].filter(Boolean);
}

/** Whether one of these names is after an `@`: not in a mail address, in an address on the web, or in code. */
export function mentions(text: string, handles: string[]): boolean {
  const prose = text.replace(/^(```|~~~)[\s\S]*?(^\1|$(?![\s\S]))/gm, " ").replace(/(`{1,3})[^`]+\1/g, " ");
  return handles.some((handle) => {
    const name = handle.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(
      `(?<![\\p{Script=Latin}\\p{N}_./])[@＠]${name}(?![\\p{Script=Latin}\\p{N}_/@]|-[\\p{L}\\p{N}])`,
      "iu",
    ).test(prose);
  });
}
