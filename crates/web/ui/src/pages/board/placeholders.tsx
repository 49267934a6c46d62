import { Plus, SquareKanban } from "lucide-react";
import { STATUSES } from "@/api/types";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { Empty, Skeleton } from "@/ui/states";

/** A board without tasks: what they are, and how to write the first. */
export function NoTasks({ add }: { add?: () => void }) {
  return (
    <Empty
      icon={<SquareKanban size={20} />}
      title={t("board.emptyTitle")}
      action={
        add && (
          <Button look="primary" onClick={add}>
            <Plus size={15} />
            {t("task.new")}
          </Button>
        )
      }
    >
      {t("board.emptyText")}
    </Empty>
  );
}

/** A board in about its shape. */
export function BoardSkeleton() {
  return (
    <div role="status" aria-label={t("common.loading")} className="flex h-full flex-col">
      <div className="flex h-13 items-center border-b border-line px-5">
        <Skeleton className="h-6 w-48" />
      </div>
      <div className="flex min-h-0 flex-1 gap-3 p-4 pt-14">
        {STATUSES.map((status) => (
          <div key={status} className="flex flex-1 flex-col gap-2 rounded-xl bg-sunken p-2 pt-10">
            <Skeleton className="h-20" />
            <Skeleton className="h-20" />
            <Skeleton className="h-20" />
          </div>
        ))}
      </div>
    </div>
  );
}
