import {
  type Announcements,
  type CollisionDetection,
  DndContext,
  DragOverlay,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  rectIntersection,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from "react";
import { STATUSES, type Task, type TaskStatus } from "@/api/types";
import { toggledIn, useKept } from "@/app/kept";
import { useShortcuts } from "@/app/shortcuts";
import { t } from "@/i18n";
import { emojiOf } from "../agents/profile";
import { statusName, taskName } from "../task/words";
import { CardFace } from "./card";
import { Column } from "./column";
import { useBoard } from "./context";
import { useKeptFocus } from "./kept-focus";
import { obstacle } from "./rules";

interface Props {
  columns: Record<TaskStatus, Task[]>;
  /** How many tasks each column has, where `columns` are not all of them. */
  counts?: Record<string, number>;
  filtered: boolean;
  /** The task whose panel is open. */
  peeked: string | undefined;
  /** Tasks that are chosen. */
  chosen: ReadonlySet<string>;
  choose(task: Task, range: boolean): void;
  /** Moves all that are chosen. */
  moveChosen(to: TaskStatus): void;
}

const NONE: string[] = [];

/** With the keyboard a card goes from column to column. */
const columnByColumn: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  const step = event.code === "ArrowRight" ? 1 : event.code === "ArrowLeft" ? -1 : 0;
  if (!step) return undefined;
  event.preventDefault();
  const at = STATUSES.indexOf((context.over?.id ?? context.active?.data.current?.task.status) as TaskStatus);
  const next = STATUSES[Math.max(0, Math.min(STATUSES.length - 1, at + step))];
  const rect = next && context.droppableRects.get(next);
  return rect ? { x: rect.left + 8, y: Math.max(rect.top + 8, currentCoordinates.y) } : undefined;
};

/** The column below the pointer, or, between columns and by keyboard, the one below the card. */
const columnBelow: CollisionDetection = (input) => {
  const below = pointerWithin(input);
  return below.length > 0 ? below : rectIntersection(input);
};

export function Kanban({ columns, counts, filtered, peeked, chosen, choose, moveChosen }: Props) {
  const { snapshot, timeZone, move, agentOf } = useBoard();
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
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: columnByColumn,
      keyboardCodes: { start: ["KeyM"], cancel: ["Escape"], end: ["Enter", "Space"] },
    }),
  );
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
  const justPickedUp = useRef(false);
  const announcements = useMemo<Announcements>(() => {
    const title = (active: { data: { current?: Record<string, unknown> } }) =>
      taskName(active.data.current?.task as Task);
    const over = (id: unknown, task: Task) => {
      const found = obstacle(task, id as TaskStatus, snapshot);
      return found ? t(found.reason) : t("board.over", { column: statusName(String(id)) });
    };
    return {
      onDragStart: ({ active }) => {
        justPickedUp.current = true;
        return t("board.pickedUp", { title: title(active) });
      },
      onDragOver: ({ active, over: target }) => {
        const task = active.data.current?.task as Task;
        // That it is still where it was is no news, and would cut the first words short.
        const still = justPickedUp.current && target?.id === task.status;
        justPickedUp.current = false;
        return still || !target ? undefined : over(target.id, task);
      },
      onDragEnd: ({ active }) => t("board.dropped", { title: title(active) }),
      onDragCancel: ({ active }) => t("board.cancelled", { title: title(active) }),
    } as Announcements;
  }, [snapshot]);

  return (
    <DndContext
      sensors={sensors}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t("board.instructions") } }}
      collisionDetection={columnBelow}
      onDragStart={({ active }) => setDragged(active.data.current?.task as Task)}
      onDragCancel={() => setDragged(undefined)}
      onDragEnd={({ over }) => {
        setDragged(undefined);
        if (many && over) moveChosen(over.id as TaskStatus);
        else if (dragged && over) move(dragged, over.id as TaskStatus);
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows walk between the cards, which have the focus. */}
      <div
        onBlur={kept.onBlur}
        onFocus={(event) => {
          kept.onFocus(event);
          if (event.target.dataset.card) setLast(event.target.dataset.card);
        }}
        onKeyDown={(event) => !dragged && walk(event, shown, columns, focus)}
        className="flex h-full snap-x snap-mandatory gap-3 overflow-x-auto p-4 max-md:p-3 sm:snap-none"
      >
        {STATUSES.map((status) => (
          <Column
            key={status}
            status={status}
            tasks={columns[status]}
            count={counts?.[status] ?? columns[status].length}
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
      <DragOverlay dropAnimation={null}>
        {dragged && (
          <div className="relative cursor-grabbing rounded-lg border border-focus bg-surface p-3 shadow-3">
            {many && (
              <span className="absolute -right-2 -top-2 rounded-full bg-accent px-2 text-xs font-medium text-accent-fg">
                {chosen.size}
              </span>
            )}
            <CardFace task={dragged} emoji={emojiOf(agentOf(dragged.assigned_agent_id))} timeZone={timeZone} />
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
}

/** Focuses a card at once, or, when it is out of sight, as soon as `show` has brought it there. */
function focusCard(id: string, show: () => void) {
  const card = () => document.querySelector<HTMLElement>(`[data-card="${id}"]`);
  const drawn = card();
  if (drawn) return drawn.focus();
  show();
  requestAnimationFrame(() => requestAnimationFrame(() => card()?.focus()));
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
