import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";
import type { ExecApproval, ExecPolicy, ExecPolicyTrial, Page } from "./types";

export type ExecPolicyCreate = components["schemas"]["ExecPolicyCreate"];

/** Rules that decide about commands, those that were withdrawn too, newest first. */
export const execPolicies = queryOptions({
  queryKey: ["exec-policies"],
  queryFn: ({ signal }): Promise<Page<ExecPolicy>> =>
    answer(api.GET("/api/v1/exec-policies", { params: { query: { limit: 200 } }, signal })),
});

/** One rule; those that were withdrawn long ago are in no list that is shown. */
export const execPolicy = (exec_policy_id: string) =>
  queryOptions({
    queryKey: ["exec-policies", exec_policy_id],
    queryFn: ({ signal }): Promise<ExecPolicy> =>
      answer(api.GET("/api/v1/exec-policies/{exec_policy_id}", { params: { path: { exec_policy_id } }, signal })),
  });

/** A command that waits, or waited. */
export const command = (exec_approval_id: string) =>
  queryOptions({
    queryKey: ["exec-approvals", exec_approval_id],
    queryFn: ({ signal }): Promise<ExecApproval> =>
      answer(api.GET("/api/v1/exec-approvals/{exec_approval_id}", { params: { path: { exec_approval_id } }, signal })),
  });

export const createExecPolicy = (body: ExecPolicyCreate) => answer(api.POST("/api/v1/exec-policies", { body }));

/** What a rule would have done in the last thirty days. */
export const tryExecPolicy = (body: ExecPolicyCreate): Promise<ExecPolicyTrial> =>
  answer(api.POST("/api/v1/exec-policies/dry-run", { body }));

export const withdrawExecPolicy = (exec_policy_id: string) =>
  answer(api.DELETE("/api/v1/exec-policies/{exec_policy_id}", { params: { path: { exec_policy_id } } }));
