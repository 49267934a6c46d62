import { Link } from "@tanstack/react-router";
import { Ban, RotateCcw } from "lucide-react";
import type { Job } from "@/api/types";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { IconButton } from "@/ui/button";
import { Progress } from "@/ui/progress";
import { parseTime, Time, useNow } from "@/ui/time";
import { About } from "./about";
import { cancel, retry } from "./actions";
import { canCancel, canRetry, jobTone, jobWord, kindName } from "./words";

export function JobRow({ job }: { job: Job }) {
  const name = kindName(job.kind);
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2.5 text-sm last:border-0 hover:bg-hover/60 md:grid-cols-[6.5rem_minmax(0,1fr)_9rem_6rem_2.5rem]">
      <span>
        <Badge tone={jobTone(job)}>{jobWord(job)}</Badge>
      </span>
      <div className="min-w-0 max-md:col-span-2 max-md:row-start-2">
        <Link
          from="/jobs"
          search={(now) => ({ ...now, job: job.id })}
          className="block truncate leading-[24px] font-medium after:absolute after:inset-0 hover:text-accent-text"
        >
          {name}
        </Link>
        <div className="text-xs text-muted">
          <About job={job} />
        </div>
        {job.last_error && <p className="mt-0.5 line-clamp-2 text-xs text-bad wrap-anywhere">{job.last_error}</p>}
      </div>
      <div className="text-xs text-muted max-md:row-start-3">
        {job.state === "running" ? (
          <>
            <Progress label={name} percent={job.progress} />
            <p className="mt-1 truncate">{job.progress_message ?? t("jobs.percent", { percent: job.progress })}</p>
          </>
        ) : (
          // That it worked at once is no news.
          (job.attempts > 1 || job.last_error) && t("jobs.attempt", { n: job.attempts, most: job.max_attempts })
        )}
      </div>
      <p className="text-xs text-muted max-md:col-start-2 max-md:row-start-1">
        <When job={job} />
      </p>
      <span className="relative z-10 text-right max-md:row-start-3">
        {canRetry(job) && (
          <IconButton
            label={t("jobs.retryIt", { kind: name })}
            icon={<RotateCcw size={14} />}
            onClick={() => void retry(job)}
          />
        )}
        {canCancel(job) && (
          <IconButton
            label={t("jobs.cancelIt", { kind: name })}
            icon={<Ban size={14} />}
            onClick={() => void cancel(job)}
          />
        )}
      </span>
    </li>
  );
}

/** The time that matters in the job's state. */
function When({ job }: { job: Job }) {
  const now = useNow();
  if (job.finished_at) return <Time at={job.finished_at} />;
  if (job.state === "running") return <Time at={job.started_at ?? job.created_at} />;
  return parseTime(job.run_at).getTime() > now ? (
    <>
      {t("jobs.due")} <Time at={job.run_at} />
    </>
  ) : (
    <Time at={job.created_at} />
  );
}
