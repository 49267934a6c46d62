import { patchSnapshot, reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import type { Board, BoardUpdate } from "@/api/types";
import { changeSeen, inTurn } from "@/api/versions";

/**
 * Changes these settings of a board, and no others. What somebody else has made of the same settings since `board` was read is
 * not overwritten: then it is shown, and the change is refused.
 */
export async function saveBoard(board: Board, body: BoardUpdate): Promise<Board> {
  const path = { board_id: board.id };
  const show = (now: Board) => patchSnapshot(board.id, (known) => ({ ...known, board: now }));
  const saved = await inTurn<Board>(board.id, (last) =>
    changeSeen({
      seen: last ?? board,
      touched: (thing) => Object.keys(body).map((field) => thing[field as keyof Board] ?? null),
      send: (header) => answer(api.PATCH("/api/v1/boards/{board_id}", { params: { path, header }, body })),
      read: () => answer(api.GET("/api/v1/boards/{board_id}", { params: { path } })),
      refused: show,
    }),
  );
  show(saved);
  reread(["boards"]);
  return saved;
}
