import type { QueryKey } from "@tanstack/react-query";
import { type ActivityFilter, boardSnapshot } from "./queries";
import { queryClient } from "./query-client";
import type { Activity, BoardSnapshot, Page } from "./types";

/** Changes that arrive within this time are shown together. */
export const GATHER_MS = 40;
/** Numbers made from many rows are read again at most this often. */
export const RECOUNT_MS = 1500;
/** A list that grows by itself keeps this many of its newest entries. */
export const MOST_LIVE = 500;

/** Changes what is known of a board, if anything is. */
export function patchSnapshot(board_id: string, change: (snapshot: BoardSnapshot) => BoardSnapshot) {
  queryClient.setQueryData<BoardSnapshot>(boardSnapshot(board_id).queryKey, (known) => known && change(known));
}

/** Adds an item to the end of a list that is known, once. */
export function append<T extends { id: string }>(key: QueryKey, item: T) {
  queryClient.setQueryData<T[]>(
    key,
    (list) => list && (list.some(({ id }) => id === item.id) ? list : [...list, item]),
  );
}

/** Adds an item to the front of a page that is known, once. */
export function prepend<T extends { id: string }>(key: QueryKey, item: T) {
  queryClient.setQueryData<Page<T>>(key, (page) => {
    if (!page || page.items.some(({ id }) => id === item.id)) return page;
    return { ...page, total: page.total + 1, items: [item, ...page.items].slice(0, MOST_LIVE) };
  });
}

/** Adds what happened to every part of the activity feed that it belongs to. */
export function prependActivity(event: Activity) {
  for (const { queryKey } of queryClient.getQueryCache().findAll({ queryKey: ["activity"] })) {
    const { board_id, task_id, agent_id, kind } = queryKey[1] as ActivityFilter;
    if (task_id && event.task_id !== task_id) continue;
    if (board_id && event.board_id !== board_id) continue;
    if (agent_id && event.agent_id !== agent_id) continue;
    if (kind && event.event_type !== kind && !event.event_type.startsWith(`${kind}.`)) continue;
    prepend(queryKey, event);
  }
}

const due = new Map<string, number>();

/** Reads again what is shown under this key; what is not shown is read when it is shown next. */
export function reread(key: QueryKey, wait = GATHER_MS) {
  const name = JSON.stringify(key);
  if (due.has(name)) return;
  const run = () => {
    due.delete(name);
    void queryClient.invalidateQueries({ queryKey: key });
  };
  due.set(name, window.setTimeout(run, wait));
}
