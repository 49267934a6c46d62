import {
  type Announcements,
  type CollisionDetection,
  MouseSensor,
  pointerWithin,
  rectIntersection,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { useMemo, useRef } from "react";
import type { Task, TaskStatus } from "@/api/types";
import { t } from "@/i18n";
import { statusName, taskName } from "../task/words";
import { CarryKeys, type NextPlace } from "./carry-keys";
import { useBoard } from "./context";
import { obstacle } from "./rules";

/** What drags cards: the mouse, a finger that rests, and M, after which arrows say where. */
export function useDragSensors(next: NextPlace) {
  return useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(CarryKeys, { next }),
  );
}

/** The place below the pointer, or, between places and by keyboard, the one below the card. */
export const placeBelow: CollisionDetection = (input) => {
  const below = pointerWithin(input);
  return below.length > 0 ? below : rectIntersection(input);
};

type Dragged = { data: { current?: Record<string, unknown> } };

/** The task that is dragged. */
export const taskOf = (active: Dragged) => active.data.current?.task as Task;

/**
 * What is read out while a card is carried. `columnOf` says which column a place is in, and `named` what the place is called beside
 * that.
 */
export function useAnnouncements(columnOf: (id: unknown) => TaskStatus, named?: (id: unknown) => string | undefined) {
  const { snapshot } = useBoard();
  const justPickedUp = useRef(false);
  return useMemo<Announcements>(() => {
    const over = (id: unknown, task: Task) => {
      const found = obstacle(task, columnOf(id), snapshot);
      const place = [named?.(id), statusName(columnOf(id))].filter(Boolean).join(", ");
      return found ? t(found.reason) : t("board.over", { column: place });
    };
    return {
      onDragStart: ({ active }) => {
        justPickedUp.current = true;
        return t("board.pickedUp", { title: taskName(taskOf(active)) });
      },
      onDragOver: ({ active, over: target }) => {
        const task = taskOf(active);
        // That it is still where it was is no news, and would cut the first words short.
        const still = justPickedUp.current && target && columnOf(target.id) === task.status;
        justPickedUp.current = false;
        return still || !target ? undefined : over(target.id, task);
      },
      onDragEnd: ({ active }) => t("board.dropped", { title: taskName(taskOf(active)) }),
      onDragCancel: ({ active }) => t("board.cancelled", { title: taskName(taskOf(active)) }),
    } as Announcements;
  }, [snapshot, columnOf, named]);
}

/** Focuses a card at once, or, when it is out of sight, as soon as `show` has brought it there. */
export function focusCard(id: string, show: () => void) {
  const card = () => document.querySelector<HTMLElement>(`[data-card="${id}"]`);
  const drawn = card();
  if (drawn) return drawn.focus();
  show();
  requestAnimationFrame(() => requestAnimationFrame(() => card()?.focus()));
}

/** Behind which card of a column something is put down whose middle is at this height; nothing before all. */
export function cardAbove(column: Element | null | undefined, middle: number, besides: string): string | undefined {
  const cards = [...(column?.querySelectorAll<HTMLElement>("[data-card]") ?? [])]
    .filter(({ dataset }) => dataset.card !== besides)
    .map((card) => ({ id: card.dataset.card, ...centre(card) }))
    .toSorted((a, b) => a.y - b.y);
  return cards.findLast(({ y }) => y < middle)?.id;
}

function centre(element: Element): { y: number } {
  const { top, height } = element.getBoundingClientRect();
  return { y: top + height / 2 };
}
