import { queryOptions, useQuery } from "@tanstack/react-query";
import { ApiError, answer, api } from "@/api/client";
import { byName } from "@/api/names";
import { all } from "@/api/queries";
import type { BoardView } from "@/api/types";
import type { BoardSearch } from "./search";

/** What of an address a view keeps. */
export type Shown = Pick<BoardSearch, "q" | "view" | "sort" | "group" | "cols">;

const KEPT_HERE = "mc.views.";

/** The views of every board that the person sees: those that are shared, and their own. */
export const boardViews = queryOptions({
  queryKey: ["board_views"],
  queryFn: async ({ signal }) => {
    await bringAlong();
    return (await all((query) => answer(api.GET("/api/v1/board-views", { params: { query }, signal })))).toSorted(
      byName,
    );
  },
});

/** The views of a board. */
export function useViews(board_id: string): BoardView[] {
  const { data = NONE } = useQuery({
    ...boardViews,
    select: (views) => views.filter((view) => view.board_id === board_id),
  });
  return data;
}

const NONE: BoardView[] = [];

/** The address that shows a view. */
export function addressOf(view: BoardView): BoardSearch {
  return { ...shownBy(view), in: view.id };
}

/** What a view shows, in the words of addresses. */
export function shownBy({ filter, sort, group_by, layout, columns }: Omit<BoardView, "id">): Shown {
  return {
    q: filter ?? undefined,
    sort: sort ?? undefined,
    group: group_by ?? undefined,
    view: layout === "table" ? "table" : undefined,
    cols: columns?.join(",") || undefined,
  };
}

/** What an address shows, in the words of views. */
export function keptOf({ q, view, sort, group, cols }: Shown) {
  return {
    filter: q ?? null,
    sort: sort ?? null,
    group_by: group ?? null,
    layout: view === "table" ? ("table" as const) : ("board" as const),
    columns: cols ? cols.split(",") : null,
  };
}

/** Whether two addresses show the same. */
export function showsSame(one: Shown, other: Shown): boolean {
  return JSON.stringify(keptOf(one)) === JSON.stringify(keptOf(other));
}

/** Hands over what this browser kept before the server did. What a board does not take any more is forgotten. */
async function bringAlong() {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(KEPT_HERE));
  for (const name of names) {
    const board_id = name.slice(KEPT_HERE.length);
    for (const kept of readKept(localStorage.getItem(name))) {
      const body = { shared: false, ...kept };
      await answer(api.POST("/api/v1/boards/{board_id}/views", { params: { path: { board_id } }, body })).catch(
        (error) => {
          if (!(error instanceof ApiError) || error.status >= 500 || error.status === 0) throw error;
        },
      );
    }
    localStorage.removeItem(name);
  }
}

/** The views of a board as browsers kept them. */
export function readKept(text: string | null): (ReturnType<typeof keptOf> & { name: string })[] {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
  return (Array.isArray(kept) ? kept : []).flatMap((view: Record<string, unknown> | null) => {
    const word = (value: unknown) => (typeof value === "string" && value ? value : undefined);
    const name = word(view?.name);
    if (!view || !name) return [];
    const table = view.view === "table" ? ("table" as const) : undefined;
    return [{ name, ...keptOf({ q: word(view.q), sort: word(view.sort), view: table }) }];
  });
}
