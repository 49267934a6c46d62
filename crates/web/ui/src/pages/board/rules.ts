import type { Approval, Board, Task, TaskStatus } from "@/api/types";
import type { MessageKey } from "@/i18n";

/** Why a task may not go to a column, and what would help. The server decides; this says it before it is tried. */
export interface Obstacle {
  reason: MessageKey;
  fix: "open-blocker" | "decide-approval" | "ask-approval" | "to-review" | "comment";
  /** The task that blocks, or the approval that waits. */
  id?: string;
}

interface Facts {
  board: Board;
  approvals: Approval[];
}

/** What was decided last of these approvals, if anything was. */
function lastWord(approvals: Approval[]): string | undefined {
  const decided = approvals.filter(({ status, resolved_at }) => status !== "pending" && resolved_at);
  return decided.toSorted((a, b) => (a.resolved_at ?? "").localeCompare(b.resolved_at ?? "")).at(-1)?.status;
}

export function obstacle(task: Task, to: TaskStatus, { board, approvals }: Facts): Obstacle | undefined {
  if (task.status === to) return undefined;
  if (task.is_blocked && to !== "inbox") {
    return { reason: "rule.blocked", fix: "open-blocker", id: task.blocked_by_task_ids[0] };
  }
  const own = approvals.filter((approval) => approval.task_ids.includes(task.id) || approval.task_id === task.id);
  const pending = own.find(({ status }) => status === "pending");
  if (board.block_status_changes_with_pending_approval && pending) {
    return { reason: "rule.pendingApproval", fix: "decide-approval", id: pending.id };
  }
  if (to === "done" && board.require_review_before_done && task.status !== "review") {
    return { reason: "rule.reviewFirst", fix: "to-review" };
  }
  if (to === "done" && board.require_approval_for_done && lastWord(own) !== "approved") {
    return pending
      ? { reason: "rule.approvalWaits", fix: "decide-approval", id: pending.id }
      : { reason: "rule.approvalNeeded", fix: "ask-approval" };
  }
  if (to === "review" && board.comment_required_for_review) return { reason: "rule.commentNeeded", fix: "comment" };
  return undefined;
}
