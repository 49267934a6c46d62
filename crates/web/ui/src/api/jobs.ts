import { queryOptions } from "@tanstack/react-query";
import { RECOUNT_MS, reread } from "./cache";
import { answer, api } from "./client";
import { queryClient } from "./query-client";
import type { Job, JobDetail, JobState, Lane, Page } from "./types";

export interface JobFilter {
  state?: JobState;
  kind?: string;
  lane?: Lane;
  agent_id?: string;
  board_id?: string;
  gateway_id?: string;
  limit: number;
  offset?: number;
}

/** The organization's jobs that fit, newest first. */
export const jobs = (filter: JobFilter) =>
  queryOptions({
    queryKey: ["jobs", "list", filter],
    queryFn: ({ signal }): Promise<Page<Job>> => answer(api.GET("/api/v1/jobs", { params: { query: filter }, signal })),
  });

export const job = (job_id: string) =>
  queryOptions({
    queryKey: ["jobs", "one", job_id],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/jobs/{job_id}", { params: { path: { job_id } }, signal })),
  });

export const queue = queryOptions({
  queryKey: ["queue"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/queue", { signal })),
});

export function hasEnded({ state }: Job) {
  return state === "succeeded" || state === "dead" || state === "cancelled";
}

/** Takes a job as it is now into what is shown. */
export function applyJob(news: Job) {
  showJob(news);
  // What came of it is not in the event.
  if (hasEnded(news)) reread(job(news.id).queryKey);
  reread(["jobs", "list"], RECOUNT_MS);
  reread(["queue"], RECOUNT_MS);
}

/** Shows a job as it is, or as somebody wants it to be. */
export function showJob(news: Job) {
  for (const [key, page] of queryClient.getQueriesData<Page<Job>>({ queryKey: ["jobs", "list"] })) {
    if (page) queryClient.setQueryData(key, withJob(page, key[2] as JobFilter, news));
  }
  queryClient.setQueryData<JobDetail>(job(news.id).queryKey, (known) => known && { ...known, ...news });
}

function withJob(page: Page<Job>, { limit, offset = 0, ...wanted }: JobFilter, news: Job): Page<Job> {
  const fits = Object.entries(wanted).every(
    ([name, value]) => value === undefined || news[name as keyof typeof wanted] === value,
  );
  const others = page.items.filter(({ id }) => id !== news.id);
  const known = others.length < page.items.length;
  if (!fits) return known ? { items: others, total: page.total - 1 } : page;
  if (known) return { ...page, items: page.items.map((other) => (other.id === news.id ? news : other)) };
  // Where it belongs among older pages, the server knows.
  if (offset > 0) return page;
  const items = [...others, news].toSorted((a, b) => b.created_at.localeCompare(a.created_at)).slice(0, limit);
  return { items, total: page.total + 1 };
}
