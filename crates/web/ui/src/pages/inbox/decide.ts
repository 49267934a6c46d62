import { patchSnapshot, reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import { pendingApprovals } from "@/api/queries";
import { queryClient } from "@/api/query-client";
import type { Approval } from "@/api/types";
import { t } from "@/i18n";
import { toast } from "@/ui/toast";

export type Decision = "approved" | "rejected";

/** Decides approvals: they leave the inbox at once, come back when the server refuses, and can be taken back. */
export async function decide(approvals: Approval[], decision: Decision, reason?: string) {
  approvals.forEach((approval) => show({ ...approval, status: decision }));
  const outcomes = await Promise.allSettled(approvals.map((approval) => setStatus(approval, decision, reason)));
  const decided = approvals.filter((_, index) => outcomes[index]?.status === "fulfilled");
  outcomes.forEach((outcome, index) => {
    const approval = approvals[index];
    if (outcome.status === "fulfilled" || !approval) return;
    show(approval);
    reread(["approvals"]);
    toast.error(outcome.reason);
  });
  if (decided.length === 0) return;
  const text = t(decision === "approved" ? "inbox.approved" : "inbox.rejected", { count: decided.length });
  toast.ok(text, { label: t("common.undo"), run: () => void takeBack(decided) });
}

async function takeBack(approvals: Approval[]) {
  try {
    await Promise.all(approvals.map((approval) => setStatus(approval, "pending")));
  } catch (error) {
    toast.error(error);
  }
  reread(["approvals"]);
}

/** The reason goes along with the decision: the agents that asked are told both at once. */
function setStatus({ board_id, id: approval_id }: Approval, status: Decision | "pending", reason?: string) {
  return answer(
    api.PATCH("/api/v1/boards/{board_id}/approvals/{approval_id}", {
      params: { path: { board_id, approval_id } },
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
