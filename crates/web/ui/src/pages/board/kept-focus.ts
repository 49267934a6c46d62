import { type FocusEvent, useLayoutEffect, useRef } from "react";
import type { Task, TaskStatus } from "@/api/types";

/**
 * Keeps the focus on a card whose task goes to another column, so that the next key still reaches it. A card that goes
 * takes the focus with it, and without a word: there is no event for it.
 */
export function useKeptFocus(columns: Record<TaskStatus, Task[]>, focus: (id: string) => void) {
  const focused = useRef<string>(undefined);
  useLayoutEffect(() => {
    const id = focused.current;
    if (!id || document.activeElement !== document.body) return;
    if (Object.values(columns).some((tasks) => tasks.some((task) => task.id === id))) focus(id);
    else focused.current = undefined;
  }, [columns, focus]);
  return {
    onFocus: (event: FocusEvent<HTMLElement>) => {
      focused.current = event.target.dataset.card;
    },
    onBlur: () => {
      focused.current = undefined;
    },
  };
}
