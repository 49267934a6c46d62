import { useDndContext, useDroppable } from "@dnd-kit/core";
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { Ban, ChevronsLeft, ChevronsRight, Plus, TriangleAlert } from "lucide-react";
import { memo, useCallback, useEffect, useRef, useState } from "react";
import type { Task, TaskStatus } from "@/api/types";
import { t } from "@/i18n/board";
import { Badge } from "@/ui/badge";
import { IconButton } from "@/ui/button";
import { statusIcon, statusName } from "../task/words";
import { Card } from "./card";
import { useBoard } from "./context";
import { QuickAdd } from "./quick-add";
import { obstacle } from "./rules";

interface Props {
  status: TaskStatus;
  tasks: Task[];
  /** How many it has: more than `tasks` on a very large board. */
  count: number;
  /** How many tasks it has whatever the filter hides, and how many it is to have at most. */
  total: number;
  limit: number | undefined;
  /** Behind which card a card that is carried would be put down; before all where it is empty. */
  landing: string | undefined;
  /** The filter hides some. */
  filtered: boolean;
  /** The card that Tab reaches, where it is one of this column. */
  reachable: string | undefined;
  /** The card whose panel is open, where it is one of this column. */
  peeked: string | undefined;
  /** Cards that are chosen, or none. */
  chosen: ReadonlySet<string>;
  choose(task: Task, range: boolean): void;
  folded: boolean;
  fold(status: TaskStatus): void;
  /** Scrolls to the card at this place, when a key asks for it. */
  register(status: TaskStatus, show: (index: number) => void): void;
}

/** A column: it scrolls by itself and draws only the cards that are seen. */
export const Column = memo(function Column(props: Props) {
  const {
    status,
    tasks,
    count,
    total,
    limit,
    landing,
    filtered,
    reachable,
    peeked,
    chosen,
    choose,
    folded,
    fold,
    register,
  } = props;
  const { canWrite, timeZone, peek, agentOf } = useBoard();
  const scroller = useRef<HTMLDivElement>(null);
  const [adding, setAdding] = useState(false);
  const rangeExtractor = useCallback((range: Range) => withReachable(range, tasks, reachable), [tasks, reachable]);
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
  useEffect(() => {
    register(status, (index) => virtual.scrollToIndex(index));
  }, [register, status, virtual]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another card is brought into sight, no change elsewhere.
  useEffect(() => {
    const index = peeked ? tasks.findIndex(({ id }) => id === peeked) : -1;
    if (index >= 0) virtual.scrollToIndex(index);
  }, [peeked]);
  const waiting = tasks.filter((task) => task.approvals_pending_count > 0).length;
  const name = statusName(status);
  if (folded) {
    return (
      <section
        aria-label={t("board.column", { name, count })}
        className="relative flex h-full w-11 min-w-11 snap-center flex-col items-center gap-2 rounded-xl bg-sunken py-2"
      >
        <IconButton
          label={t("column.unfold", { column: name })}
          aria-expanded={false}
          icon={<ChevronsRight size={15} />}
          onClick={() => fold(status)}
        />
        {statusIcon(status)}
        <span className="text-sm text-muted tabular-nums">{count}</span>
        <h2 className="text-sm tracking-normal [writing-mode:vertical-rl]">{name}</h2>
        <DropZone status={status} />
      </section>
    );
  }
  return (
    <section
      aria-label={t("board.column", { name, count })}
      className="group/column flex h-full w-72 min-w-72 flex-1 snap-center flex-col rounded-xl bg-sunken max-sm:w-[86vw] max-sm:min-w-[86vw]"
    >
      <header className="flex h-10 shrink-0 items-center gap-2 px-3">
        {statusIcon(status)}
        <h2 className="text-sm tracking-normal">{name}</h2>
        <ColumnCount count={count} total={total} limit={limit} />
        {waiting > 0 && <span className="text-xs text-warn">{t("board.waiting", { count: waiting })}</span>}
        <span className="ml-auto -mr-1.5 flex items-center">
          <IconButton
            label={t("column.fold", { column: name })}
            aria-expanded
            icon={<ChevronsLeft size={15} />}
            onClick={() => fold(status)}
            className="opacity-0 group-hover/column:opacity-100 focus-visible:opacity-100 pointer-coarse:hidden"
          />
          {canWrite && (
            <IconButton
              label={t("column.add", { column: name })}
              icon={<Plus size={15} />}
              onClick={() => setAdding(true)}
            />
          )}
        </span>
      </header>
      {adding && <QuickAdd status={status} close={() => setAdding(false)} />}
      <div className="relative min-h-0 flex-1" data-column={status}>
        {landing === "" && <span aria-hidden className="absolute inset-x-2 top-0 z-10 h-0.5 rounded-full bg-focus" />}
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
                    {landing === task.id && (
                      <span aria-hidden className="absolute inset-x-0 -bottom-[5px] z-10 h-0.5 rounded-full bg-focus" />
                    )}
                    <Card
                      task={task}
                      agent={agentOf(task.assigned_agent_id)}
                      timeZone={timeZone}
                      canWrite={canWrite}
                      reachable={task.id === reachable}
                      peeked={task.id === peeked}
                      chosen={chosen.has(task.id)}
                      open={peek}
                      choose={choose}
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

interface CountProps {
  count: number;
  total: number;
  limit: number | undefined;
}

/** How many cards a column has, of how many it is to have at most. */
export function ColumnCount({ count, total, limit }: CountProps) {
  const over = limit !== undefined && total > limit;
  return (
    <>
      <span
        title={limit === undefined ? undefined : t("column.limit", { limit })}
        className={clsx("text-sm tabular-nums", over ? "font-medium text-bad" : "text-muted")}
      >
        {count}
        {limit !== undefined && ` / ${limit}`}
      </span>
      {over && (
        <Badge tone="bad">
          <TriangleAlert size={12} />
          {t("column.over", { count: total - (limit ?? 0) })}
        </Badge>
      )}
    </>
  );
}

/** The cards in sight, and the one that keys are meant for: scrolled away it still takes them. */
function withReachable(range: Range, tasks: Task[], reachable: string | undefined): number[] {
  const drawn = defaultRangeExtractor(range);
  const index = reachable ? tasks.findIndex(({ id }) => id === reachable) : -1;
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
