import { useEffect, useRef, useState } from "react";

interface Item {
  id: string;
}

/** The items in the order in which they are shown, and those that came since and wait to be asked for. */
export function steady<T extends Item>(order: readonly string[], items: readonly T[]): { shown: T[]; fresh: T[] } {
  const byId = new Map(items.map((item) => [item.id, item]));
  const shown = order.flatMap((id) => byId.get(id) ?? []);
  const known = new Set(order);
  return { shown, fresh: items.filter(({ id }) => !known.has(id)) };
}

/**
 * Keeps the order of a list while somebody works with it, so that nothing slides under the pointer: newcomers wait until
 * they are asked for, or until nothing else is left. `scope` names what is listed: another scope begins a new order.
 */
export function useSteady<T extends Item>(items: readonly T[], scope: string, ready: boolean) {
  const [kept, setKept] = useState<{ scope: string; order: readonly string[] }>({ scope, order: [] });
  const order = kept.scope === scope ? kept.order : [];
  const { shown, fresh } = steady(order, items);
  const renew = () => setKept({ scope, order: items.map(({ id }) => id) });
  if (!ready || shown.length > 0 || fresh.length === 0) return { shown, fresh, renew };
  // React draws again at once with the new order, before anybody sees the empty list.
  renew();
  return { shown: [...items], fresh: [], renew };
}

/** After what is shown has given way to something else, a decision of that moment was meant for what was there before. */
export const SETTLE_MS = 400;

/** Whether what `shown` names has just changed. */
export function useSettling(shown: string): () => boolean {
  const known = useRef(shown);
  const changed = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (known.current === shown) return;
    known.current = shown;
    changed.current = performance.now();
  }, [shown]);
  return () => performance.now() - changed.current < SETTLE_MS;
}
