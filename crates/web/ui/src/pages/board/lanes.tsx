import { DndContext, DragOverlay, useDroppable } from "@dnd-kit/core";
import { useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { ChevronRight, ListChecks } from "lucide-react";
import { type KeyboardEvent, memo, useCallback, useMemo, useRef, useState } from "react";
import * as queries from "@/api/queries";
import { STATUSES, type Task, type TaskStatus, type TaskUpdate } from "@/api/types";
import { toggledIn, useKept } from "@/app/kept";
import { t } from "@/i18n/board";
import { Button, IconButton } from "@/ui/button";
import { priorityName, statusIcon, statusName } from "../task/words";
import { Card, CarriedCard } from "./card";
import type { NextPlace } from "./carry-keys";
import { ColumnCount } from "./column";
import { useBoard } from "./context";
import { focusCard, placeBelow, taskOf, useAnnouncements, useDragSensors } from "./drag";
import { useKeptFocus } from "./kept-focus";
import { type Lane, lanesOf } from "./lanes-of";

interface Props {
  /** What the cards are grouped by. */
  by: string;
  columns: Record<TaskStatus, Task[]>;
  peeked: string | undefined;
  chosen: ReadonlySet<string>;
  choose(task: Task, range: boolean): void;
  /** Chooses these and no others. */
  chooseAll(tasks: Task[]): void;
  /** Moves all that are chosen. */
  moveChosen(into: (task: Task) => TaskUpdate): void;
}

const NONE: string[] = [];
/** Cards of a place that are drawn before somebody asks for the others. */
const DRAWN = 8;

/** A place is a column of a lane: `2 review`, by the number of the lane. */
const placeId = (lane: number, status: TaskStatus) => `${lane} ${status}`;
const laneOf = (id: unknown) => Number.parseInt(String(id), 10);
const columnOf = (id: unknown) => String(id).split(" ")[1] as TaskStatus;

/** Columns to the right and lanes down. */
const STEPS: Record<string, readonly [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** With the keyboard a card goes from place to place. */
const placeByPlace: NextPlace = (code, below, { active, droppableRects }) => {
  const step = STEPS[code];
  if (!step) return undefined;
  const [right, down] = step;
  const at = below ?? active?.data.current?.place;
  const column = STATUSES[STATUSES.indexOf(columnOf(at)) + right];
  if (!column) return undefined;
  // A lane that is folded, or not drawn, is passed over.
  const lanes = [...droppableRects.keys()].map(laneOf).toSorted((a, b) => a - b);
  const lane =
    down === 0 ? laneOf(at) : down > 0 ? lanes.find((n) => n > laneOf(at)) : lanes.findLast((n) => n < laneOf(at));
  return lane === undefined ? undefined : placeId(lane, column);
};

/** The board in lanes: what tasks have in common reads from left to right. */
export default function Lanes({ by, columns, peeked, chosen, choose, chooseAll, moveChosen }: Props) {
  const { snapshot, viewer, canWrite, move, change } = useBoard();
  const { data: fields = [] } = useQuery(queries.customFields);
  const [folded, keepFolded] = useKept(`mc.lanes.${snapshot.board.id}.${by}`, NONE);
  const lanes = useMemo(() => {
    const words = {
      nobody: t("task.nobody"),
      noTag: t("lane.noTag"),
      none: t("lane.none"),
      yes: t("common.yes"),
      no: t("common.no"),
      you: t("common.you"),
      priority: priorityName,
    };
    const { agents, people } = snapshot;
    const all = STATUSES.flatMap((status) => columns[status]);
    return lanesOf(all, by, { agents, people, fields, me: viewer.id, words });
  }, [columns, by, snapshot, fields, viewer.id]);
  const [dragged, setDragged] = useState<Task>();
  const [last, setLast] = useState<string>();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lanes.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => lanes[index]?.id ?? index,
    estimateSize: (index) => (lanes[index] && folded.includes(lanes[index].id) ? 40 : 240),
    overscan: 2,
    paddingEnd: 16,
  });
  const open = useCallback((lane: Lane) => !folded.includes(lane.id), [folded]);
  const shown = useMemo(() => lanes.filter(open), [lanes, open]);
  const has = (id: string | undefined) => shown.some(({ tasks }) => tasks.some((task) => task.id === id));
  const reachable = [last, peeked].find(has) ?? shown.find(({ tasks }) => tasks.length > 0)?.tasks[0]?.id;
  const focus = useCallback(
    (id: string) =>
      focusCard(id, () => virtual.scrollToIndex(lanes.findIndex(({ tasks }) => tasks.some((task) => task.id === id)))),
    [lanes, virtual],
  );
  const kept = useKeptFocus(columns, focus);
  const sensors = useDragSensors(placeByPlace);
  const nameOf = useCallback((id: unknown) => lanes[laneOf(id)]?.label, [lanes]);
  const announcements = useAnnouncements(columnOf, nameOf);
  const many = (task: Task) => chosen.has(task.id) && chosen.size > 1;
  const put = (task: Task, from: unknown, to: unknown) => {
    const lane = laneOf(from) === laneOf(to) ? undefined : lanes[laneOf(to)];
    if (many(task)) return moveChosen((one) => ({ ...lane?.into(one), status: columnOf(to) }));
    const also = lane?.into(task);
    if (task.status !== columnOf(to)) move(task, columnOf(to), also);
    else if (also) void change(task, also, t("task.saved"));
  };
  const { board } = snapshot;
  return (
    <DndContext
      sensors={sensors}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t("lane.instructions") } }}
      collisionDetection={placeBelow}
      onDragStart={({ active }) => setDragged(taskOf(active))}
      onDragCancel={() => setDragged(undefined)}
      onDragEnd={({ active, over }) => {
        setDragged(undefined);
        if (over) put(taskOf(active), active.data.current?.place, over.id);
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows walk between the cards, which have the focus. */}
      <div
        ref={scroller}
        className="h-full overflow-auto px-4 max-md:px-3"
        onBlur={kept.onBlur}
        onFocus={(event) => {
          kept.onFocus(event);
          if (event.target.dataset.card) setLast(event.target.dataset.card);
        }}
        onKeyDown={(event) => !dragged && walk(event, shown, focus)}
      >
        <div className="min-w-[64rem]">
          <div className="sticky top-0 z-20 grid grid-cols-4 gap-3 bg-bg pb-2 pt-4">
            {STATUSES.map((status) => (
              <div key={status} className="flex items-center gap-2 px-3 text-sm font-medium">
                {statusIcon(status)}
                <h2 className="text-sm tracking-normal">{statusName(status)}</h2>
                <ColumnCount
                  count={columns[status].length}
                  total={snapshot.tasks.filter((task) => task.status === status).length}
                  limit={board.wip_limits[status]}
                />
              </div>
            ))}
          </div>
          <div className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, key, start }) => {
              const lane = lanes[index];
              return (
                lane && (
                  <section
                    key={key}
                    ref={virtual.measureElement}
                    data-index={index}
                    aria-label={t("lane.label", { name: lane.label, count: lane.tasks.length })}
                    className="absolute inset-x-0 top-0 pb-3"
                    style={{ transform: `translateY(${start}px)` }}
                  >
                    <h3 className="group/lane flex items-center text-sm">
                      <button
                        type="button"
                        aria-expanded={open(lane)}
                        onClick={() => keepFolded(toggledIn(folded, lane.id))}
                        className="sticky left-0 flex h-8 items-center gap-2 rounded-md px-2 font-medium hover:bg-hover"
                      >
                        <ChevronRight size={14} className={clsx("text-muted", open(lane) && "rotate-90")} />
                        <span dir="auto" className="max-w-md truncate">
                          {lane.label}
                        </span>
                        <span className="font-normal text-muted tabular-nums">{lane.tasks.length}</span>
                      </button>
                      {canWrite && lane.tasks.length > 0 && (
                        <IconButton
                          label={t("lane.choose", { name: lane.label })}
                          icon={<ListChecks size={14} />}
                          onClick={() => chooseAll(lane.tasks)}
                          className="opacity-0 group-hover/lane:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
                        />
                      )}
                    </h3>
                    {open(lane) && (
                      <div className="grid grid-cols-4 gap-3">
                        {STATUSES.map((status) => (
                          <Place
                            key={status}
                            id={placeId(index, status)}
                            label={`${lane.label}, ${statusName(status)}`}
                            tasks={lane.tasks}
                            status={status}
                            reachable={reachable}
                            peeked={peeked}
                            chosen={chosen}
                            choose={choose}
                          />
                        ))}
                      </div>
                    )}
                  </section>
                )
              );
            })}
          </div>
        </div>
      </div>
      <DragOverlay dropAnimation={null}>
        {dragged && canWrite && <CarriedCard task={dragged} count={many(dragged) ? chosen.size : 1} />}
      </DragOverlay>
    </DndContext>
  );
}

interface PlaceProps extends Pick<Props, "peeked" | "chosen" | "choose"> {
  id: string;
  label: string;
  /** Those of the lane. */
  tasks: Task[];
  status: TaskStatus;
  reachable: string | undefined;
}

/** A column of a lane. */
const Place = memo(function Place({ id, label, tasks, status, reachable, peeked, chosen, choose }: PlaceProps) {
  const { canWrite, timeZone, peek, agentOf } = useBoard();
  const { setNodeRef, isOver } = useDroppable({ id });
  const [all, setAll] = useState(false);
  const own = tasks.filter((task) => task.status === status);
  // The card that keys are meant for is drawn wherever it is.
  const drawn = all ? own : own.filter((task, index) => index < DRAWN || task.id === reachable || task.id === peeked);
  return (
    <div
      ref={setNodeRef}
      role="group"
      aria-label={label}
      className={clsx(
        "flex min-h-14 flex-col gap-2 rounded-xl bg-sunken p-2",
        isOver && "outline-2 -outline-offset-2 outline-focus",
      )}
    >
      {drawn.map((task) => (
        <Card
          key={task.id}
          task={task}
          place={id}
          agent={agentOf(task.assigned_agent_id)}
          timeZone={timeZone}
          canWrite={canWrite}
          reachable={task.id === reachable}
          peeked={task.id === peeked}
          chosen={chosen.has(task.id)}
          open={peek}
          choose={choose}
        />
      ))}
      {own.length > drawn.length && (
        <Button look="ghost" size="sm" onClick={() => setAll(true)}>
          {t("lane.more", { count: own.length - drawn.length })}
        </Button>
      )}
    </div>
  );
});

/** The arrow keys go from card to card: up and down through the lanes, sideways within one. */
function walk(event: KeyboardEvent<HTMLElement>, lanes: Lane[], focus: (id: string) => void) {
  const id = (event.target as HTMLElement).dataset.card;
  if (!id || event.defaultPrevented || event.altKey || !event.key.startsWith("Arrow")) return;
  const lane = lanes.find(({ tasks }) => tasks.some((task) => task.id === id));
  const task = lane?.tasks.find((one) => one.id === id);
  if (!lane || !task) return;
  const cell = (of: Lane, status: string) => of.tasks.filter((one) => one.status === status);
  const row = cell(lane, task.status).indexOf(task);
  let next: Task | undefined;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const line = lanes.flatMap((other) => cell(other, task.status));
    next = line[line.indexOf(task) + (event.key === "ArrowDown" ? 1 : -1)];
  } else {
    const order = event.key === "ArrowRight" ? STATUSES : STATUSES.toReversed();
    const beside = order
      .slice(order.indexOf(task.status as TaskStatus) + 1)
      .find((status) => cell(lane, status).length > 0);
    next = beside && cell(lane, beside)[Math.min(row, cell(lane, beside).length - 1)];
  }
  if (!next) return;
  event.preventDefault();
  focus(next.id);
}
