import type { Task } from "@/api/types";
import { t } from "@/i18n";
import { useBoard } from "../board/context";
import { ApprovalCard } from "../inbox/approval-card";
import { useSettling } from "../inbox/steady";

/** What was asked about this task, to decide here. */
export function TaskApprovals({ task }: { task: Task }) {
  const { snapshot, canWrite } = useBoard();
  const own = snapshot.approvals
    .filter((approval) => approval.task_ids.includes(task.id) || approval.task_id === task.id)
    .toSorted(
      (a, b) =>
        Number(b.status === "pending") - Number(a.status === "pending") || b.created_at.localeCompare(a.created_at),
    );
  const settling = useSettling(own.map(({ id, status }) => `${id} ${status}`).join("\n"));
  if (own.length === 0) return null;
  return (
    <section className="mt-6">
      <h2 className="mb-2 text-sm">{t("task.approvals")}</h2>
      <ul className="flex flex-col gap-2">
        {own.slice(0, 5).map((approval) => (
          <li key={approval.id}>
            <ApprovalCard
              approval={approval}
              agents={snapshot.agents}
              canDecide={canWrite}
              compact
              settling={settling}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
