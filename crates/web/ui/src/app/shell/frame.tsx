import { t } from "@/i18n";
import { Skeleton } from "@/ui/states";

const LINES = [64, 88, 72, 80, 56, 96, 68, 84];

/** The shape of what the navigation has below one another. */
export function Lines() {
  return (
    <div className="flex flex-col gap-3">
      {LINES.map((width) => (
        <div key={width} style={{ width: `${width}%` }}>
          <Skeleton className="h-4" />
        </div>
      ))}
    </div>
  );
}

/** The shape of every page, until it is known who looks: what comes then takes its place without moving anything. */
export function Frame() {
  return (
    <div role="status" aria-label={t("common.loading")} className="flex h-full">
      <div className="flex w-59 shrink-0 flex-col gap-3 border-r border-line bg-bg p-4 max-md:hidden">
        <Skeleton className="h-6 w-32" />
        <Skeleton className="mb-3 h-8" />
        <Lines />
      </div>
      <div className="flex-1 bg-surface">
        <div className="h-12 border-b border-line bg-bg md:hidden" />
        <div className="flex h-13 items-center border-b border-line px-5">
          <Skeleton className="h-6 w-44" />
        </div>
      </div>
    </div>
  );
}
