import { useQuery } from "@tanstack/react-query";
import { Ban, RotateCcw, X } from "lucide-react";
import type { ReactNode } from "react";
import { job as jobQuery } from "@/api/jobs";
import type { JobDetail } from "@/api/types";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Button, IconButton } from "@/ui/button";
import { Code } from "@/ui/code";
import { Sheet } from "@/ui/dialog";
import { Progress } from "@/ui/progress";
import { Loaded, SkeletonRows } from "@/ui/states";
import { Time } from "@/ui/time";
import { Trouble } from "@/ui/trouble";
import { About } from "./about";
import { cancel, retry } from "./actions";
import { canCancel, canRetry, jobTone, jobWord, kindName } from "./words";

/** One job beside the list: what it was given, what came of it, what can be done. */
export function JobSheet({ job_id, close }: { job_id: string; close(): void }) {
  const query = useQuery(jobQuery(job_id));
  return (
    <Sheet open onClose={close} label={query.data ? kindName(query.data.kind) : t("jobs.job")}>
      <header className="flex items-center gap-3 border-b border-line px-5 py-3">
        <h2 className="min-w-0 flex-1 truncate text-lg">{query.data ? kindName(query.data.kind) : t("jobs.job")}</h2>
        {query.data && <Badge tone={jobTone(query.data)}>{jobWord(query.data)}</Badge>}
        <IconButton label={t("common.close")} icon={<X size={16} />} onClick={close} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">
        <Loaded query={query} skeleton={<SkeletonRows />}>
          {(job) => <Detail job={job} />}
        </Loaded>
      </div>
    </Sheet>
  );
}

function Detail({ job }: { job: JobDetail }) {
  return (
    <>
      {job.state === "running" && (
        <div className="mb-4 text-sm">
          <Progress label={kindName(job.kind)} percent={job.progress} />
          <p className="mt-1.5 text-muted">{job.progress_message ?? t("jobs.percent", { percent: job.progress })}</p>
        </div>
      )}
      {job.last_error && <Trouble cause={job.last_error} remedy={job.remedy} />}
      <div className="mt-4 flex flex-wrap gap-2 empty:hidden">
        {canRetry(job) && (
          <Button look="primary" onClick={() => void retry(job)}>
            <RotateCcw size={14} />
            {t("common.retry")}
          </Button>
        )}
        {canCancel(job) && (
          <Button onClick={() => void cancel(job)}>
            <Ban size={14} />
            {t("jobs.cancel")}
          </Button>
        )}
      </div>
      <Facts job={job} />
      <Part title={t("jobs.payload")} value={job.payload} />
      {job.result && <Part title={t("jobs.result")} value={job.result} />}
    </>
  );
}

function Facts({ job }: { job: JobDetail }) {
  const rows: [string, ReactNode][] = [
    [t("jobs.about"), (job.agent_id || job.board_id || job.gateway_id) && <About job={job} />],
    [t("jobs.lane"), t(job.lane === "bulk" ? "jobs.bulk" : "jobs.interactive")],
    [t("jobs.attempts"), t("jobs.attempt", { n: job.attempts, most: job.max_attempts })],
    [t("common.created"), <Time key="created" at={job.created_at} />],
    [t("jobs.due"), job.state === "queued" && <Time key="due" at={job.run_at} />],
    [t("jobs.started"), job.started_at && <Time key="started" at={job.started_at} />],
    [t("jobs.ended"), job.finished_at && <Time key="ended" at={job.finished_at} />],
    [t("jobs.worker"), job.leased_by && <code className="text-xs">{job.leased_by}</code>],
    [t("jobs.request"), job.request_id && <code className="text-xs">{job.request_id}</code>],
    [
      t("jobs.kind"),
      <code key="kind" className="text-xs">
        {job.kind}
      </code>,
    ],
  ];
  return (
    <dl className="mt-5 flex flex-col gap-2 text-sm">
      {rows.map(
        ([label, value]) =>
          value && (
            <div key={label} className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-2">
              <dt className="text-muted">{label}</dt>
              <dd className="min-w-0 wrap-anywhere">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Part({ title, value }: { title: string; value: unknown }) {
  return (
    <section className="mt-5">
      <h3 className="mb-1.5 text-sm">{title}</h3>
      <Code label={title}>{JSON.stringify(value, null, 2)}</Code>
    </section>
  );
}
