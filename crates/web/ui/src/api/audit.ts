import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";

/** Which entries of the record are wanted. */
export interface AuditFilter {
  actor_id?: string;
  action?: string;
  object_kind?: string;
  object_id?: string;
  request_id?: string;
  /** Not before, and before. */
  since?: string;
  until?: string;
}

const PAGE = 50;

/** Who did what, newest first. Nothing tells of new entries, so they are read whenever somebody comes to look. */
export const audit = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["audit", filter],
    queryFn: ({ signal, pageParam }) => {
      const query = { ...filter, limit: PAGE, cursor: pageParam };
      return answer(api.GET("/api/v1/audit", { params: { query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 0,
  });

/** Where the same entries are to be had as a file. */
export function auditFile(filter: AuditFilter, format: "csv" | "jsonl"): string {
  const terms = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/api/v1/audit/export?${new URLSearchParams([["format", format], ...terms])}`;
}
