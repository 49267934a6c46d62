import { patchSnapshot } from "@/api/cache";
import { answer, api } from "@/api/client";
import type { Board } from "@/api/types";
import { t } from "@/i18n";
import { confirm } from "@/ui/confirm";
import { toast } from "@/ui/toast";

/** Pauses the agents of a board, or has them go on, after asking: all of them are told. */
export async function pauseBoard(board: Board, pause: boolean) {
  const question = {
    title: t(pause ? "board.pause" : "board.resume"),
    text: t(pause ? "board.pauseText" : "board.resumeText", { name: board.name }),
    action: t(pause ? "board.pause" : "board.resume"),
  };
  if (!(await confirm(question))) return;
  try {
    await answer(
      api.POST("/api/v1/boards/{board_id}/memory", {
        params: { path: { board_id: board.id } },
        body: { content: pause ? "/pause" : "/resume", tags: ["chat"] },
      }),
    );
    const paused_at = pause ? new Date().toISOString() : null;
    patchSnapshot(board.id, (now) => ({ ...now, board: { ...now.board, paused_at } }));
    toast.ok(t(pause ? "board.paused" : "board.resumed"));
  } catch (error) {
    toast.error(error);
  }
}
