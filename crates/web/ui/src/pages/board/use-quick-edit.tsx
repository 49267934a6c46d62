import { Suspense, useCallback, useState } from "react";
import type { Task, TaskUpdate } from "@/api/types";
import { lazily } from "@/ui/lazily";
import type { Property } from "./context";

const QuickEdit = lazily(() => import("./quick-edit"));

/** The keys that ask for a property. */
export const PROPERTY_KEYS = [
  ["a", "assignee"],
  ["p", "priority"],
  ["l", "tags"],
  ["d", "due"],
] as const;

interface Asked {
  property: Property;
  ids: string[];
  anchor: HTMLElement;
}

/** Asks for one property of tasks, beside where they are shown. */
export function useQuickEdit(all: Task[], change: (tasks: Task[], updateOf: (task: Task) => TaskUpdate) => void) {
  const [asked, setAsked] = useState<Asked>();
  const ask = useCallback((property: Property, tasks: Task[]) => {
    const [first] = tasks;
    const anchor = first && placeOf(property, first.id);
    if (anchor) setAsked({ property, anchor, ids: tasks.map(({ id }) => id) });
  }, []);
  const tasks = asked ? all.filter(({ id }) => asked.ids.includes(id)) : [];
  const popup = asked && tasks.length > 0 && (
    <Suspense>
      <QuickEdit
        property={asked.property}
        anchor={asked.anchor}
        tasks={tasks}
        change={(updateOf) => change(tasks, updateOf)}
        close={() => setAsked(undefined)}
      />
    </Suspense>
  );
  return { ask, popup };
}

/** Where a property of a task is shown: in its panel or on its page, or else its card. */
function placeOf(property: Property, id: string): HTMLElement | null {
  return (
    document.querySelector<HTMLElement>(`[data-task="${id}"] [data-property="${property}"]`) ??
    document.querySelector<HTMLElement>(`[data-card="${id}"]`)
  );
}

/** The task that the keys are meant for: whose card has the focus. */
export function focusedTask(tasks: Task[]): Task | undefined {
  const id = document.activeElement?.closest<HTMLElement>("[data-card]")?.dataset.card;
  return id ? tasks.find((task) => task.id === id) : undefined;
}
