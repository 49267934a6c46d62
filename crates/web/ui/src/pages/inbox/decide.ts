import { patchSnapshot, reread } from "@/api/cache";
import { ApiError, answer, api } from "@/api/client";
import { pendingApprovals } from "@/api/queries";
import { queryClient } from "@/api/query-client";
import type { Approval } from "@/api/types";
import { ifMatch, isChangedMeanwhile } from "@/api/versions";
import { addWish, removeWish } from "@/api/wishes";
import { t } from "@/i18n/home";
import { meanwhile } from "@/ui/conflict";
import { toast } from "@/ui/toast";
import { nameOf } from "./approval-words";

export type Decision = "approved" | "rejected";

/**
 * Decides approvals as they were seen: they leave the inbox at once, and can be taken back. What the server refuses comes back
 * as it is by then, which may be decided by somebody else, or gone. Answers whether all of them were decided.
 */
export async function decide(approvals: Approval[], decision: Decision, reason?: string): Promise<boolean> {
  const wish: Partial<Approval> = { status: decision };
  approvals.forEach((approval) => {
    addWish(approval, wish);
    show({ ...approval, ...wish });
  });
  const outcomes = await Promise.allSettled(approvals.map((approval) => setStatus(approval, decision, reason)));
  const decided = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  outcomes.forEach((outcome, index) => {
    const approval = approvals[index];
    if (!approval) return;
    const now = removeWish<Approval>(approval.id, wish);
    if (outcome.status === "fulfilled") return;
    if (now) show(now);
    refused(approval, outcome.reason);
  });
  if (decided.length === 0) return false;
  const text = t(decision === "approved" ? "inbox.approved" : "inbox.rejected", { count: decided.length });
  toast.ok(text, { label: t("common.undo"), run: () => void takeBack(decided), undo: true });
  return decided.length === approvals.length;
}

/** Says what became of an approval that could not be decided, and by whom where somebody else was quicker. */
function refused(approval: Approval, error: unknown) {
  reread(["approvals"]);
  reread(["board", approval.board_id, "snapshot"]);
  if (isChangedMeanwhile(error)) toast.bad(meanwhile(nameOf(approval), error), t("conflict.look"));
  else if (error instanceof ApiError && error.code === "approval_decided") {
    toast.bad(t("conflict.decided", { name: nameOf(approval) }), t("conflict.look"));
  } else toast.error(error);
}

/** Takes decisions back that are still those of the person. */
async function takeBack(approvals: Approval[]) {
  const outcomes = await Promise.allSettled(approvals.map((approval) => setStatus(approval, "pending")));
  outcomes.forEach((outcome, index) => {
    const approval = approvals[index];
    if (outcome.status === "rejected" && approval) refused(approval, outcome.reason);
  });
  reread(["approvals"]);
}

/** The reason goes along with the decision: the agents that asked are told both at once. */
function setStatus(approval: Approval, status: Decision | "pending", reason?: string): Promise<Approval> {
  const { board_id, id: approval_id } = approval;
  return answer(
    api.PATCH("/api/v1/boards/{board_id}/approvals/{approval_id}", {
      params: { path: { board_id, approval_id }, header: ifMatch(approval) },
      body: { status, reason },
    }),
  );
}

/** Shows an approval with this status wherever it is seen. */
function show(approval: Approval) {
  queryClient.setQueryData(pendingApprovals.queryKey, (list) => {
    const others = list?.filter(({ id }) => id !== approval.id) ?? [];
    return approval.status === "pending" ? [...others, approval] : others;
  });
  patchSnapshot(approval.board_id, (board) => ({
    ...board,
    approvals: board.approvals.map((other) => (other.id === approval.id ? approval : other)),
  }));
}
