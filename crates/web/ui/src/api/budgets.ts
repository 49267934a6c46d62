import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";
import type { Budget, Page } from "./types";

export type BudgetCreate = components["schemas"]["BudgetCreate"];
export type BudgetUpdate = components["schemas"]["BudgetUpdate"];

/** The limits to what agents use, with what was used in their periods of now. */
export const budgets = queryOptions({
  queryKey: ["budgets"],
  queryFn: ({ signal }): Promise<Page<Budget>> =>
    answer(api.GET("/api/v1/budgets", { params: { query: { limit: 200 } }, signal })),
  // The stream tells of stages; what was used in between is looked at now and then.
  refetchInterval: 30_000,
});

export const createBudget = (body: BudgetCreate) => answer(api.POST("/api/v1/budgets", { body }));

export const updateBudget = (budget_id: string, body: BudgetUpdate) =>
  answer(api.PATCH("/api/v1/budgets/{budget_id}", { params: { path: { budget_id } }, body }));

export const deleteBudget = (budget_id: string) =>
  answer(api.DELETE("/api/v1/budgets/{budget_id}", { params: { path: { budget_id } } }));

/** Allows more in the period of now. */
export const extendBudget = (budget_id: string, amount: number) =>
  answer(api.POST("/api/v1/budgets/{budget_id}/extend", { params: { path: { budget_id } }, body: { amount } }));
