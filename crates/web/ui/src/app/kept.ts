import { useSyncExternalStore } from "react";

/** What the person arranged for themselves, kept in this browser and the same in all its tabs. */
const values = new Map<string, unknown>();
const listeners = new Set<() => void>();

addEventListener("storage", ({ key }) => {
  if (key) values.delete(key);
  else values.clear();
  listeners.forEach((listener) => listener());
});

/** What is kept under this name, or else the fallback: also where what is kept has another shape. */
export function readKept<T>(key: string, fallback: T): T {
  if (!values.has(key)) values.set(key, parsed(localStorage.getItem(key)));
  const known = values.get(key);
  const fits = typeof known === typeof fallback && Array.isArray(known) === Array.isArray(fallback) && known !== null;
  return fits ? (known as T) : fallback;
}

export function keep<T>(key: string, value: T) {
  values.set(key, value);
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full store is no reason to refuse; it holds for as long as the tab is open.
  }
  listeners.forEach((listener) => listener());
}

/** A value that is kept, and how to change it. The fallback has to be the same object each time. */
export function useKept<T>(key: string, fallback: T): [T, (value: T) => void] {
  const value = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => readKept(key, fallback),
  );
  return [value, (next) => keep(key, next)];
}

/** The same list with this entry, or without it when it was there. */
export function toggledIn(list: readonly string[], entry: string): string[] {
  return list.includes(entry) ? list.filter((other) => other !== entry) : [...list, entry];
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
