import { useQuery } from "@tanstack/react-query";
import * as queries from "@/api/queries";

/** The address of a task that people can read out: it leads to wherever the task is. */
export function taskAddress(key: string) {
  return `${location.origin}/t/${key}`;
}

/** The key of a task that something is about, where its board has been read already. */
export function useKnownKey(
  board_id: string | null | undefined,
  task_id: string | null | undefined,
): string | undefined {
  const { data } = useQuery({
    ...queries.boardSnapshot(board_id ?? ""),
    enabled: false,
    select: ({ tasks }) => tasks.find(({ id }) => id === task_id)?.key ?? undefined,
  });
  return data;
}
