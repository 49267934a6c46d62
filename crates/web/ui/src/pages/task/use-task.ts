import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { patchSnapshot } from "@/api/cache";
import * as queries from "@/api/queries";
import type { BoardSnapshot, Task } from "@/api/types";

interface Found {
  task: Task | undefined;
  /** It is not among the tasks that are known, and the server is asked for it. */
  looking: boolean;
}

/** A task of a board. One that is not among those that are known is asked for, and then known. */
export function useTask({ board, tasks }: BoardSnapshot, id: string | undefined): Found {
  const known = tasks.find((task) => task.id === id);
  // A task that was here and is not any more has been deleted: nobody has to be asked.
  const seen = useRef<string>(undefined);
  useEffect(() => {
    if (known) seen.current = known.id;
  }, [known]);
  const asks = id !== undefined && !known && seen.current !== id;
  const { data, isLoading } = useQuery({ ...queries.task(board.id, id ?? ""), enabled: asks });
  useEffect(() => {
    if (!data) return;
    patchSnapshot(board.id, (snapshot) =>
      snapshot.tasks.some((task) => task.id === data.id) ? snapshot : { ...snapshot, tasks: [...snapshot.tasks, data] },
    );
  }, [board.id, data]);
  return { task: known ?? (asks ? data : undefined), looking: asks && isLoading };
}
