import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { GroupMemory, Memory, Page } from "./types";

/** Whose memory it is. */
export type Memorial = { board_id: string } | { group_id: string };

type Notes = Page<Pick<Memory | GroupMemory, "id" | "content" | "source" | "tags" | "created_at">> & {
  next_cursor?: string | null;
};

const PAGE = 30;

/** What a board, or a group of boards, remembers beside its chat, newest first; only what has these words in it. */
export const notes = (of: Memorial, q: string) =>
  infiniteQueryOptions({
    queryKey: ["notes", of, q],
    queryFn: ({ signal, pageParam }): Promise<Notes> => {
      const query = { is_chat: false, q: q || undefined, limit: PAGE, cursor: pageParam };
      return "board_id" in of
        ? answer(api.GET("/api/v1/boards/{board_id}/memory", { params: { path: of, query }, signal }))
        : answer(api.GET("/api/v1/board-groups/{group_id}/memory", { params: { path: of, query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

/** Adds a note. */
export function addNote(of: Memorial, content: string, tags: string[]) {
  const body = { content, tags };
  return "board_id" in of
    ? answer(api.POST("/api/v1/boards/{board_id}/memory", { params: { path: of }, body }))
    : answer(api.POST("/api/v1/board-groups/{group_id}/memory", { params: { path: of }, body }));
}
