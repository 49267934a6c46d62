import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { UsageReport } from "./types";

/** Of whom, about what, and with which model. */
export interface UsageFilter {
  agent_id?: string;
  board_id?: string;
  task_id?: string;
  provider?: string;
  model?: string;
}

export type UsageBy = "day" | "agent" | "board" | "task" | "provider" | "model";

/** A span of time, as whole days of UTC: what was read stays the same until the next day. */
export interface Span {
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;

/** The last days, today included. */
export function lastDays(count: number, now = Date.now()): Span {
  const tomorrow = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
  return { from: new Date(tomorrow - count * DAY_MS).toISOString(), to: new Date(tomorrow).toISOString() };
}

/** The days of a span, each by its beginning. */
export function daysOf({ from, to }: Span): Date[] {
  const days = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += DAY_MS) days.push(new Date(at));
  return days;
}

/** What models used, added up by one thing. */
export const usage = (by: UsageBy, span: Span, filter: UsageFilter = {}) =>
  queryOptions({
    queryKey: ["usage", by, span, filter],
    queryFn: async ({ signal }) => {
      const query = { ...filter, ...span, group_by: by };
      // It is a table only where that is asked for.
      return (await answer(api.GET("/api/v1/usage", { params: { query }, signal }))) as UsageReport;
    },
  });

/** Where the same is to be had as a table, by day as well. */
export function usageFile(by: UsageBy, span: Span, filter: UsageFilter): string {
  const terms = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const query = [["format", "csv"], ["group_by", by === "day" ? by : `day,${by}`], ...Object.entries(span), ...terms];
  return `/api/v1/usage?${new URLSearchParams(query)}`;
}
