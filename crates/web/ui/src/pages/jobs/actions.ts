import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import { showJob } from "@/api/jobs";
import type { Job } from "@/api/types";
import { t } from "@/i18n/more";
import { toast } from "@/ui/toast";
import { kindName } from "./words";

/** Queues a job again. It shows at once, and goes back when the server refuses. */
export async function retry(job: Job) {
  if (await change(job, { state: "queued", finished_at: null, last_error: null, remedy: null }, "retry")) {
    toast.ok(t("jobs.queuedAgain", { kind: kindName(job.kind) }));
  }
}

/** Takes a queued job back, and asks a running one to stop. */
export async function cancel(job: Job) {
  const waits = job.state === "queued";
  const wish: Partial<Job> = waits ? { state: "cancelled" } : { cancel_requested_at: new Date().toISOString() };
  if (await change(job, wish, "cancel")) {
    toast.ok(t(waits ? "jobs.wasCancelled" : "jobs.isStopping", { kind: kindName(job.kind) }));
  }
}

export async function retryAll(jobs: Job[]) {
  const outcomes = await Promise.allSettled(jobs.map(({ id }) => send(id, "retry")));
  outcomes.forEach((outcome) => outcome.status === "fulfilled" && showJob(outcome.value));
  const refused = outcomes.find((outcome) => outcome.status === "rejected");
  const count = outcomes.filter(({ status }) => status === "fulfilled").length;
  if (count > 0) toast.ok(t("jobs.allQueued", { count }));
  if (refused) toast.error(refused.reason);
  reread(["jobs"]);
}

async function change(job: Job, wish: Partial<Job>, action: "retry" | "cancel"): Promise<boolean> {
  showJob({ ...job, ...wish });
  try {
    showJob(await send(job.id, action));
    return true;
  } catch (error) {
    showJob(job);
    toast.error(error);
    reread(["jobs"]);
    return false;
  }
}

function send(job_id: string, action: "retry" | "cancel") {
  const params = { path: { job_id } };
  return answer(
    action === "retry"
      ? api.POST("/api/v1/jobs/{job_id}/retry", { params })
      : api.POST("/api/v1/jobs/{job_id}/cancel", { params }),
  );
}
