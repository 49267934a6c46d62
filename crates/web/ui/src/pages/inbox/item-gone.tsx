import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import * as queries from "@/api/queries";
import type { Approval } from "@/api/types";
import { t } from "@/i18n/home";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/states";
import { ApprovalCard } from "./approval-card";
import { nameOf } from "./approval-words";
import { titleOf } from "./item-row";
import type { InboxItem } from "./items";

interface Props {
  id: string | undefined;
  /** What was shown here before, if anything was. */
  item: InboxItem | undefined;
  next: (() => void) | undefined;
}

/** Stands where an item was that waits no longer: somebody else dealt with it. Nothing takes its place unasked. */
export function ItemGone({ id, item, next }: Props) {
  // A link may lead to what was decided before this page was opened.
  const { data: recent } = useQuery({ ...queries.recentApprovals, enabled: !item });
  const approval = item?.kind === "approval" ? item.approval : recent?.items.find((other) => other.id === id);
  const title = item ? titleOf(item) : approval && nameOf(approval);
  return (
    <div>
      <Empty
        icon={<CircleCheck size={20} />}
        title={title ? t("inbox.goneTitle", { title }) : t("inbox.goneUnknown")}
        action={next && <Button onClick={next}>{t("keys.next")}</Button>}
      >
        {t("inbox.goneText")}
      </Empty>
      {approval && <Outcome approval={approval} />}
    </div>
  );
}

/** How the approval was decided, and by whom. */
function Outcome({ approval }: { approval: Approval }) {
  const { data: board } = useQuery(queries.boardSnapshot(approval.board_id));
  const now = board?.approvals.find(({ id }) => id === approval.id) ?? approval;
  if (now.status === "pending") return null;
  return (
    <div className="mx-auto max-w-xl px-6">
      <ApprovalCard approval={now} agents={board?.agents ?? []} canDecide={false} compact />
    </div>
  );
}
