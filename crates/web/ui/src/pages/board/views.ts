import type { BoardSearch } from "@/app/search";

export interface View extends Pick<BoardSearch, "q" | "view" | "sort"> {
  name: string;
}

const key = (board_id: string) => `mc.views.${board_id}`;

/** The views that the person keeps of a board, in this browser. Each is an address, so it can be shared as well. */
export function keptViews(board_id: string): View[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(board_id)) ?? "[]");
    return Array.isArray(kept) ? (kept as View[]) : [];
  } catch {
    return [];
  }
}

export function keepView(board_id: string, view: View): View[] {
  return store(board_id, [...keptViews(board_id).filter(({ name }) => name !== view.name), view]);
}

export function forgetView(board_id: string, name: string): View[] {
  return store(
    board_id,
    keptViews(board_id).filter((view) => view.name !== name),
  );
}

function store(board_id: string, views: View[]) {
  localStorage.setItem(key(board_id), JSON.stringify(views));
  return views;
}
