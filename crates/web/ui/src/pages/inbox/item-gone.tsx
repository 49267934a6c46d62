import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import * as queries from "@/api/queries";
import type { Approval } from "@/api/types";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/states";
import { ApprovalCard } from "./approval-card";
import { titleOf } from "./item-row";
import type { InboxItem } from "./items";

interface Props {
  /** What was shown here before, if anything was. */
  item: InboxItem | undefined;
  next: (() => void) | undefined;
}

/** Stands where an item was that waits no longer: somebody else dealt with it. Nothing takes its place unasked. */
export function ItemGone({ item, next }: Props) {
  return (
    <div>
      <Empty
        icon={<CircleCheck size={20} />}
        title={item ? t("inbox.goneTitle", { title: titleOf(item) }) : t("inbox.goneUnknown")}
        action={next && <Button onClick={next}>{t("keys.next")}</Button>}
      >
        {t("inbox.goneText")}
      </Empty>
      {item?.kind === "approval" && <Outcome approval={item.approval} />}
    </div>
  );
}

/** How the approval was decided, and by whom. */
function Outcome({ approval }: { approval: Approval }) {
  const { data: board } = useQuery(queries.boardSnapshot(approval.board_id));
  const now = board?.approvals.find(({ id }) => id === approval.id);
  if (!now) return null;
  return (
    <div className="mx-auto max-w-xl px-6">
      <ApprovalCard approval={now} agents={board?.agents ?? []} canDecide={false} compact />
    </div>
  );
}
