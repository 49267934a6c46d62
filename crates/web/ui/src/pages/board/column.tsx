import { useDndContext, useDroppable } from "@dnd-kit/core";
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { Ban, Plus } from "lucide-react";
import { memo, useCallback, useEffect, useRef } from "react";
import type { Task, TaskStatus } from "@/api/types";
import { t } from "@/i18n";
import { IconButton } from "@/ui/button";
import { statusIcon, statusName } from "../task/words";
import { Card } from "./card";
import { useBoard } from "./context";
import { obstacle } from "./rules";

interface Props {
  status: TaskStatus;
  tasks: Task[];
  /** How many it has: more than `tasks` on a very large board. */
  count: number;
  /** The filter hides some. */
  filtered: boolean;
  add?: () => void;
  /** Scrolls to the card at this place, when a key asks for it. */
  register(status: TaskStatus, show: (index: number) => void): void;
}

/** A column: it scrolls by itself and draws only the cards that are seen. */
export const Column = memo(function Column({ status, tasks, count, filtered, add, register }: Props) {
  const { canWrite, timeZone, peek, agentOf } = useBoard();
  const scroller = useRef<HTMLDivElement>(null);
  const rangeExtractor = useCallback((range: Range) => withFocused(range, tasks), [tasks]);
  const virtual = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => tasks[index]?.id ?? index,
    estimateSize: () => 84,
    rangeExtractor,
    gap: 8,
    overscan: 3,
    paddingEnd: 8,
  });
  useEffect(() => register(status, (index) => virtual.scrollToIndex(index)), [register, status, virtual]);
  const waiting = tasks.filter((task) => task.approvals_pending_count > 0).length;
  return (
    <section
      aria-label={t("board.column", { name: statusName(status), count })}
      className="flex h-full w-72 min-w-72 flex-1 snap-center flex-col rounded-xl bg-sunken max-sm:w-[86vw] max-sm:min-w-[86vw]"
    >
      <header className="flex h-10 shrink-0 items-center gap-2 px-3">
        {statusIcon(status)}
        <h2 className="text-sm tracking-normal">{statusName(status)}</h2>
        <span className="text-sm text-muted tabular-nums">{count}</span>
        {waiting > 0 && <span className="text-xs text-warn">{t("board.waiting", { count: waiting })}</span>}
        {add && (
          <IconButton
            label={t("task.new")}
            keys="c"
            icon={<Plus size={15} />}
            onClick={add}
            className="ml-auto -mr-1.5"
          />
        )}
      </header>
      <div className="relative min-h-0 flex-1">
        <div ref={scroller} className="h-full overflow-y-auto overscroll-contain px-2">
          <div className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, key, start }) => {
              const task = tasks[index];
              return (
                task && (
                  <div
                    key={key}
                    ref={virtual.measureElement}
                    data-index={index}
                    className="absolute inset-x-0 top-0"
                    style={{ transform: `translateY(${start}px)` }}
                  >
                    <Card
                      task={task}
                      agent={agentOf(task.assigned_agent_id)}
                      timeZone={timeZone}
                      canWrite={canWrite}
                      open={peek}
                    />
                  </div>
                )
              );
            })}
          </div>
          {tasks.length === 0 && (
            <p className="px-2 py-6 text-center text-xs text-muted">
              {filtered ? t("common.nothingFound") : t(`empty.${status}`)}
            </p>
          )}
        </div>
        <DropZone status={status} />
      </div>
    </section>
  );
});

/** The cards in sight, and the one that has the focus: scrolled away it still takes keys. */
function withFocused(range: Range, tasks: Task[]): number[] {
  const drawn = defaultRangeExtractor(range);
  const focused = document.activeElement instanceof HTMLElement && document.activeElement.dataset.card;
  const index = focused ? tasks.findIndex(({ id }) => id === focused) : -1;
  return index < 0 || drawn.includes(index) ? drawn : [...drawn, index].toSorted((a, b) => a - b);
}

/** Lies over the column while something is dragged, and says whether it may be dropped here. */
function DropZone({ status }: { status: TaskStatus }) {
  const { snapshot } = useBoard();
  const { setNodeRef, isOver } = useDroppable({ id: status });
  const { active } = useDndContext();
  const task = active?.data.current?.task as Task | undefined;
  const found = task && obstacle(task, status, snapshot);
  const elsewhere = task && task.status !== status;
  return (
    <div
      ref={setNodeRef}
      className={clsx(
        "pointer-events-none absolute inset-0 rounded-xl p-2",
        elsewhere && found && "bg-veil/20",
        elsewhere && isOver && "outline-2 -outline-offset-2 outline-focus",
        elsewhere && isOver && !found && "bg-accent-soft/60",
      )}
    >
      {elsewhere && found && (
        <p className="mx-auto mt-8 flex max-w-60 items-start gap-2 rounded-lg border border-line bg-raised p-3 text-xs text-fg shadow-2">
          <Ban size={14} className="shrink-0 text-bad" />
          {t(found.reason)}
        </p>
      )}
    </div>
  );
}
