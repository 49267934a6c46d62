import { QueryObserver } from "@tanstack/react-query";
import { type Answer, ApiError, answer } from "./client";
import { hasEnded, job } from "./jobs";
import { queryClient } from "./query-client";
import type { JobDetail } from "./types";

/** The answer of a request that may outlast itself: 202 names the job, and what comes of the job is the answer. */
export async function settled<T>(request: Promise<Answer<T>>): Promise<T> {
  const soon = await answer(request);
  const { response } = await request;
  const job_id = response.headers.get("X-Job-Id");
  if (response.status !== 202 || !job_id) return soon;
  const { state, result, last_error, remedy } = await ended(job_id);
  if (state === "succeeded") return result as T;
  throw new ApiError(last_error ?? state, 502, "job_failed", remedy ?? undefined);
}

/** The job once it has ended, as the event stream tells. */
function ended(job_id: string): Promise<JobDetail> {
  return new Promise((resolve, reject) => {
    const observer = new QueryObserver(queryClient, { ...job(job_id), staleTime: 0 });
    const stop = observer.subscribe(({ data, error, isFetching }) => {
      if (error) reject(error);
      // The event says that it ended; what came of it is read after that.
      else if (data && hasEnded(data) && !isFetching && (data.result || data.state !== "succeeded")) resolve(data);
      else return;
      stop();
    });
  });
}
