import { useEffect, useRef, useSyncExternalStore } from "react";

export interface Shortcut {
  /** `mod+k`, `c`, or one after the other: `g i`. */
  keys: string;
  label: string;
  /** Where it belongs in the help. */
  group: string;
  run(event: KeyboardEvent): void;
}

/** Time between the keys of a sequence. */
const SEQUENCE_MS = 900;

let shortcuts: readonly Shortcut[] = [];
const listeners = new Set<() => void>();
let before: { key: string; at: number } | undefined;

function set(next: readonly Shortcut[]) {
  shortcuts = next;
  listeners.forEach((listener) => listener());
}

/** Keys that work while the component is there. They rest while somebody types or a dialog is open. */
export function useShortcuts(wanted: Shortcut[]) {
  const latest = useRef(wanted);
  useEffect(() => {
    latest.current = wanted;
  });
  const names = wanted.map(({ keys, label }) => `${keys}\n${label}`).join("\t");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `names` stands for the keys, which are new objects each time.
  useEffect(() => {
    const mine = latest.current.map((shortcut, position) => ({
      ...shortcut,
      run: (event: KeyboardEvent) => latest.current[position]?.run(event),
    }));
    set([...shortcuts, ...mine]);
    return () => set(shortcuts.filter((shortcut) => !mine.includes(shortcut)));
  }, [names]);
}

/** Everything that can be pressed now. */
export function useActiveShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => shortcuts,
  );
}

function typing(target: EventTarget | null) {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function named(event: KeyboardEvent) {
  const mod = event.metaKey || event.ctrlKey ? "mod+" : "";
  return mod + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

/** Dialogs and menus have keys of their own; a peek leaves the page's keys alone. */
function covered() {
  const above = [...document.querySelectorAll('[role="dialog"], [role="alertdialog"], [role="menu"]')];
  return above.some((element) => !element.querySelector("[data-peek]"));
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey) return;
  const key = named(event);
  if (!key.startsWith("mod+") && (typing(event.target) || covered())) return;
  const sequence = before && event.timeStamp - before.at < SEQUENCE_MS ? `${before.key} ${key}` : undefined;
  before = { key, at: event.timeStamp };
  // The newest comes first: a panel's keys win over those of the page below.
  const found = shortcuts.findLast(({ keys }) => keys === sequence) ?? shortcuts.findLast(({ keys }) => keys === key);
  if (!found) return;
  event.preventDefault();
  before = undefined;
  found.run(event);
});
