import { DndContext, DragOverlay } from "@dnd-kit/core";
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from "react";
import { STATUSES, type Task, type TaskStatus, type TaskUpdate } from "@/api/types";
import { toggledIn, useKept } from "@/app/kept";
import { useShortcuts } from "@/app/shortcuts";
import { t } from "@/i18n";
import { CarriedCard } from "./card";
import type { NextPlace } from "./carry-keys";
import { Column } from "./column";
import { useBoard } from "./context";
import { cardAbove, focusCard, placeBelow, taskOf, useAnnouncements, useDragSensors } from "./drag";
import { useKeptFocus } from "./kept-focus";

interface Props {
  columns: Record<TaskStatus, Task[]>;
  /** The cards are in the order that people give them. */
  manual: boolean;
  /** Puts a card behind another, or before all. */
  place(task: Task, after: Task | undefined): void;
  /** How many tasks each column has, where `columns` are not all of them. */
  counts?: Record<string, number>;
  filtered: boolean;
  /** The task whose panel is open. */
  peeked: string | undefined;
  /** Tasks that are chosen. */
  chosen: ReadonlySet<string>;
  choose(task: Task, range: boolean): void;
  /** Moves all that are chosen. */
  moveChosen(into: (task: Task) => TaskUpdate): void;
}

const NONE: string[] = [];

/** With the keyboard a card goes from column to column. */
const columnByColumn: NextPlace = (code, at, { active }) => {
  const step = code === "ArrowRight" ? 1 : code === "ArrowLeft" ? -1 : 0;
  return STATUSES[STATUSES.indexOf((at ?? active?.data.current?.task.status) as TaskStatus) + step];
};

/** A place is a column. */
const columnOf = (id: unknown) => id as TaskStatus;

/** Where a card that is carried would be put down: behind another one of the column, or before all. */
interface Landing {
  status: TaskStatus;
  after: string | undefined;
}

export function Kanban({ columns, manual, place, counts, filtered, peeked, chosen, choose, moveChosen }: Props) {
  const { snapshot, canWrite, move } = useBoard();
  const [dragged, setDragged] = useState<Task>();
  const [folded, keepFolded] = useKept(`mc.columns.${snapshot.board.id}`, NONE);
  const fold = useCallback((status: TaskStatus) => keepFolded(toggledIn(folded, status)), [folded, keepFolded]);
  // One card is reached with Tab: the one that had the focus last, or else the first.
  const [last, setLast] = useState<string>();
  const shown = STATUSES.filter((status) => !folded.includes(status));
  const known = (id: string | undefined) => shown.some((status) => columns[status].some((task) => task.id === id));
  const reachable = [last, peeked].find(known) ?? shown.flatMap((status) => columns[status][0] ?? [])[0]?.id;
  const has = (status: TaskStatus, id: string | undefined) =>
    id !== undefined && columns[status].some((task) => task.id === id) ? id : undefined;
  const many = dragged !== undefined && chosen.has(dragged.id) && chosen.size > 1;
  const scrollers = useRef(new Map<TaskStatus, (index: number) => void>());
  const register = useCallback((status: TaskStatus, show: (index: number) => void) => {
    scrollers.current.set(status, show);
  }, []);
  const sensors = useDragSensors(columnByColumn);
  const focus = useCallback(
    (id: string) => {
      const status = STATUSES.find((name) => columns[name].some((task) => task.id === id));
      if (status)
        focusCard(id, () => scrollers.current.get(status)?.(columns[status].findIndex((task) => task.id === id)));
    },
    [columns],
  );
  const kept = useKeptFocus(columns, focus);
  useShortcuts(
    ["ArrowDown", "ArrowRight"].map((keys) => ({
      keys,
      label: t("keys.toCards"),
      group: t("keys.board"),
      // From anywhere on the page to the card that has or had the focus; then the arrows go from card to card.
      run: () => reachable && focus(reachable),
    })),
  );
  const announcements = useAnnouncements(columnOf);
  const [landing, setLanding] = useState<Landing>();
  const [said, setSaid] = useState("");
  const totals = useMemo(() => {
    const counted = new Map<string, number>();
    for (const { status } of snapshot.tasks) counted.set(status, (counted.get(status) ?? 0) + 1);
    return counted;
  }, [snapshot.tasks]);
  /** Puts a card one place up or down in its column. */
  const shift = (id: string, step: 1 | -1) => {
    const status = STATUSES.find((name) => columns[name].some((task) => task.id === id));
    const column = status ? columns[status] : [];
    const at = column.findIndex((task) => task.id === id);
    const task = column[at];
    if (!task || !column[at + step]) return;
    place(task, step > 0 ? column[at + 1] : column[at - 2]);
    if (manual) setSaid(t("move.place", { place: at + step + 1, count: column.length }));
  };
  const landOn = (status: TaskStatus) => {
    const after = landing?.status === status ? landing.after : undefined;
    return columns[status].find((task) => task.id === after);
  };

  return (
    <DndContext
      sensors={sensors}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t("board.instructions") } }}
      collisionDetection={placeBelow}
      onDragStart={({ active }) => setDragged(taskOf(active))}
      onDragMove={({ active, over }) => {
        const rect = active.rect.current.translated;
        if (!manual || many || !over || !rect) return setLanding(undefined);
        const status = columnOf(over.id);
        const column = document.querySelector(`[data-column="${status}"]`);
        const after = cardAbove(column, rect.top + rect.height / 2, String(active.id));
        if (landing?.status !== status || landing.after !== after) setLanding({ status, after });
      }}
      onDragCancel={() => {
        setDragged(undefined);
        setLanding(undefined);
      }}
      onDragEnd={({ over }) => {
        setDragged(undefined);
        setLanding(undefined);
        if (!dragged || !over) return;
        const to = columnOf(over.id);
        if (many) return moveChosen(() => ({ status: to }));
        const after = landOn(to);
        if (dragged.status !== to) return move(dragged, to, manual ? { after_task_id: after?.id ?? null } : undefined);
        const at = columns[to].findIndex(({ id }) => id === dragged.id);
        if (manual && landing && columns[to][at - 1] !== after) place(dragged, after);
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows walk between the cards, which have the focus. */}
      <div
        onBlur={kept.onBlur}
        onFocus={(event) => {
          kept.onFocus(event);
          if (event.target.dataset.card) setLast(event.target.dataset.card);
        }}
        onKeyDown={(event) => {
          if (dragged) return;
          const { card } = (event.target as HTMLElement).dataset;
          if (card && canWrite && event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
            event.preventDefault();
            return shift(card, event.key === "ArrowUp" ? -1 : 1);
          }
          walk(event, shown, columns, focus);
        }}
        className="flex h-full snap-x snap-mandatory gap-3 overflow-x-auto p-4 max-md:p-3 sm:snap-none"
      >
        {STATUSES.map((status) => (
          <Column
            key={status}
            status={status}
            tasks={columns[status]}
            count={counts?.[status] ?? columns[status].length}
            total={counts?.[status] ?? totals.get(status) ?? 0}
            limit={snapshot.board.wip_limits[status]}
            landing={landing?.status === status ? (landing.after ?? "") : undefined}
            filtered={filtered}
            reachable={has(status, reachable)}
            peeked={has(status, peeked)}
            chosen={chosen}
            choose={choose}
            folded={folded.includes(status)}
            fold={fold}
            register={register}
          />
        ))}
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
      <DragOverlay dropAnimation={null}>
        {dragged && <CarriedCard task={dragged} count={many ? chosen.size : 1} />}
      </DragOverlay>
    </DndContext>
  );
}

/** The arrow keys go from card to card. */
function walk(
  event: KeyboardEvent<HTMLElement>,
  shown: TaskStatus[],
  columns: Record<TaskStatus, Task[]>,
  focus: (id: string) => void,
) {
  const id = (event.target as HTMLElement).dataset.card;
  if (!id || event.defaultPrevented || !event.key.startsWith("Arrow")) return;
  const status = shown.find((name) => columns[name].some((task) => task.id === id));
  if (!status) return;
  const row = columns[status].findIndex((task) => task.id === id);
  const sideways = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  const order = sideways >= 0 ? shown : shown.toReversed();
  const column = sideways ? order.slice(order.indexOf(status) + 1).find((name) => columns[name].length > 0) : status;
  if (!column) return;
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const index = Math.max(0, Math.min(columns[column].length - 1, row + step));
  const next = columns[column][index];
  if (!next) return;
  event.preventDefault();
  focus(next.id);
}
