import { queryOptions } from "@tanstack/react-query";
import { reread } from "./cache";
import { answer, api } from "./client";
import type { Page, Run } from "./types";

export interface RunFilter {
  agent_id?: string;
  board_id?: string;
  task_id?: string;
  limit: number;
  offset?: number;
}

/** The turns of agents that fit, newest first. */
export const runs = (filter: RunFilter) =>
  queryOptions({
    queryKey: ["runs", "list", filter],
    queryFn: ({ signal }): Promise<Page<Run>> => answer(api.GET("/api/v1/runs", { params: { query: filter }, signal })),
  });

export const run = (run_id: string) =>
  queryOptions({
    queryKey: ["runs", "one", run_id],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/runs/{run_id}", { params: { path: { run_id } }, signal })),
  });

/** Has the gateway stop a turn. */
export async function abortRun(run_id: string): Promise<Run> {
  const stopped = await answer(api.POST("/api/v1/runs/{run_id}/abort", { params: { path: { run_id } } }));
  reread(["runs"]);
  return stopped;
}
