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
  add(): void;
}

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

export function Kanban({ columns, counts, filtered, add }: Props) {
  const { snapshot, canWrite, timeZone, move, agentOf } = useBoard();
  const [dragged, setDragged] = useState<Task>();
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
        if (dragged && over) move(dragged, over.id as TaskStatus);
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows walk between the cards, which have the focus. */}
      <div
        {...kept}
        onKeyDown={(event) => !dragged && walk(event, columns, focus)}
        className="flex h-full snap-x snap-mandatory gap-3 overflow-x-auto p-4 max-md:p-3 sm:snap-none"
      >
        {STATUSES.map((status) => (
          <Column
            key={status}
            status={status}
            tasks={columns[status]}
            count={counts?.[status] ?? columns[status].length}
            filtered={filtered}
            register={register}
            add={canWrite && status === "inbox" ? add : undefined}
          />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>
        {dragged && (
          <div className="cursor-grabbing rounded-lg border border-focus bg-surface p-3 shadow-3">
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
function walk(event: KeyboardEvent<HTMLElement>, columns: Record<TaskStatus, Task[]>, focus: (id: string) => void) {
  const id = (event.target as HTMLElement).dataset.card;
  if (!id || event.defaultPrevented || !event.key.startsWith("Arrow")) return;
  const status = STATUSES.find((name) => columns[name].some((task) => task.id === id));
  if (!status) return;
  const row = columns[status].findIndex((task) => task.id === id);
  const sideways = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  const order = sideways >= 0 ? STATUSES : [...STATUSES].reverse();
  const column = sideways ? order.slice(order.indexOf(status) + 1).find((name) => columns[name].length > 0) : status;
  if (!column) return;
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const index = Math.max(0, Math.min(columns[column].length - 1, row + step));
  const next = columns[column][index];
  if (!next) return;
  event.preventDefault();
  focus(next.id);
}
