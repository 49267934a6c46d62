import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import type { BoardView } from "@/api/types";
import { changeSeen } from "@/api/versions";
import { boardViews, keptOf, type Shown } from "@/app/views";

type Change = Partial<Pick<BoardView, "name" | "shared"> & ReturnType<typeof keptOf>>;

/** Keeps what is shown under a name. */
export async function keepView(board_id: string, name: string, shared: boolean, shown: Shown): Promise<BoardView> {
  const body = { name, shared, ...keptOf(shown) };
  const made = await answer(api.POST("/api/v1/boards/{board_id}/views", { params: { path: { board_id } }, body }));
  reread(boardViews.queryKey);
  return made;
}

/** Changes a view, unless others have changed the same of it since. */
export async function changeView(view: BoardView, body: Change): Promise<BoardView> {
  const path = { board_id: view.board_id, view_id: view.id };
  const read = async () => {
    const query = { board_id: view.board_id, limit: 200, offset: 0 };
    const views = await answer(api.GET("/api/v1/board-views", { params: { query } }));
    return views.items.find(({ id }) => id === view.id) ?? view;
  };
  try {
    return await changeSeen<BoardView>({
      seen: view,
      touched: (thing) => Object.keys(body).map((field) => thing[field as keyof BoardView] ?? null),
      send: (header) =>
        answer(api.PATCH("/api/v1/boards/{board_id}/views/{view_id}", { params: { path, header }, body })),
      read,
    });
  } finally {
    reread(boardViews.queryKey);
  }
}

export async function deleteView({ board_id, id: view_id }: BoardView) {
  await answer(api.DELETE("/api/v1/boards/{board_id}/views/{view_id}", { params: { path: { board_id, view_id } } }));
  reread(boardViews.queryKey);
}
