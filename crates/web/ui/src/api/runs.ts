import { queryOptions } from "@tanstack/react-query";
import { reread } from "./cache";
import { answer, api } from "./client";
import type { AgentMessage, Page, Run, Stopped } from "./types";

export interface RunFilter {
  agent_id?: string;
  board_id?: string;
  task_id?: string;
  /** Only those that have not come to an end. */
  open?: boolean;
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

/** Whose agents can be stopped at once: all of them, those of a board, or one. */
export type Stoppable = { board_id: string } | { agent_id: string } | "fleet";

/** What they do now. */
export const openRuns = (whom: Stoppable) => runs({ ...(whom === "fleet" ? {} : whom), open: true, limit: 50 });

/** Has the gateways stop what agents do. */
export async function stopAgents(whom: Stoppable, body: { reason: string | null; pause: boolean }): Promise<Stopped> {
  const asked =
    whom === "fleet"
      ? api.POST("/api/v1/stop", { body })
      : "board_id" in whom
        ? api.POST("/api/v1/boards/{board_id}/stop", { params: { path: whom }, body })
        : api.POST("/api/v1/agents/{agent_id}/stop", { params: { path: whom }, body });
  const stopped = await answer<Stopped>(asked);
  reread(["runs"]);
  return stopped;
}

/** Says something to an agent in the middle of a turn. */
export const steerRun = (run_id: string, text: string): Promise<AgentMessage> =>
  answer(api.POST("/api/v1/runs/{run_id}/steer", { params: { path: { run_id } }, body: { text } }));
