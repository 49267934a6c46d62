import { queryOptions } from "@tanstack/react-query";
import { reread } from "./cache";
import { answer, api } from "./client";
import type { ExecApproval, Page } from "./types";

export const COMMAND_STATES = ["pending", "sending", "allowed", "denied", "expired", "lost"] as const;
export type CommandState = (typeof COMMAND_STATES)[number];

export const COMMAND_DECISIONS = ["once", "always", "deny"] as const;
export type CommandDecision = (typeof COMMAND_DECISIONS)[number];

interface CommandFilter {
  gateway_id?: string;
  state?: CommandState;
  limit: number;
  offset: number;
}

/** Commands of agents that wait for a decision, or waited, newest first. */
export const commands = (query: CommandFilter) =>
  queryOptions({
    queryKey: ["exec-approvals", query],
    queryFn: ({ signal }): Promise<Page<ExecApproval>> =>
      answer(api.GET("/api/v1/exec-approvals", { params: { query }, signal })),
  });

/** Decides about a command, once: its gateway is told. */
export async function decideCommand(exec_approval_id: string, decision: CommandDecision, reason?: string) {
  try {
    return await answer(
      api.POST("/api/v1/exec-approvals/{exec_approval_id}/decision", {
        params: { path: { exec_approval_id } },
        body: { decision, reason },
      }),
    );
  } finally {
    reread(["exec-approvals"]);
    reread(["approvals"]);
  }
}
