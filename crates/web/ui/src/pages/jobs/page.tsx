import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ListChecks, RotateCcw } from "lucide-react";
import { useState } from "react";
import { reread } from "@/api/cache";
import { type JobFilter, jobs as jobsQuery, queue as queueQuery } from "@/api/jobs";
import { JOB_STATES } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { Page } from "@/ui/page";
import { Pager } from "@/ui/pager";
import { Empty, Loaded } from "@/ui/states";
import { Segmented } from "@/ui/tabs";
import { retryAll } from "./actions";
import { JobSheet } from "./detail";
import { Filters } from "./filters";
import { Overview, Schedules } from "./overview";
import { JobRow } from "./row";

const route = getRouteApi("/jobs");
const SIZE = 50;

/** The work that goes on behind everything. */
export default function JobsPage() {
  const { isAdmin, role } = useAccess();
  return (
    <Page
      title={t("nav.jobs")}
      description={t("jobs.text")}
      actions={
        isAdmin && (
          <Button
            onClick={() => {
              reread(["jobs"]);
              reread(["queue"]);
            }}
          >
            {t("common.refresh")}
          </Button>
        )
      }
    >
      {isAdmin && (
        <div>
          <Overview />
          <List />
          <Schedules />
        </div>
      )}
      {role && !isAdmin && (
        <Empty icon={<ListChecks size={20} />} title={t("jobs.adminsTitle")}>
          {t("jobs.adminsText")}
        </Empty>
      )}
    </Page>
  );
}

function List() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { state, kind, lane, agent, board, gateway, from: offset = 0, job } = search;
  const filter: JobFilter = {
    state,
    kind,
    lane,
    agent_id: agent,
    board_id: board,
    gateway_id: gateway,
    limit: SIZE,
    offset,
  };
  const query = useQuery({ ...jobsQuery(filter), placeholderData: keepPreviousData });
  const dead = useQuery({ ...queueQuery, select: ({ lanes }) => lanes.reduce((sum, each) => sum + each.dead, 0) });
  const [busy, setBusy] = useState(false);
  const filtered = Boolean(state || kind || lane || agent || board || gateway);
  const shown = query.data?.items ?? [];
  return (
    <section aria-label={t("nav.jobs")} className="mb-8">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Segmented
          label={t("jobs.state")}
          value={state ?? "all"}
          onChange={(next) =>
            void navigate({ search: (now) => ({ ...now, state: next === "all" ? undefined : next, from: undefined }) })
          }
          options={(["all", ...JOB_STATES] as const).map((value) => ({
            value,
            label: value === "all" ? t("jobs.all") : t(`jobState.${value}`),
            count: value === "dead" ? dead.data : undefined,
          }))}
        />
        <Filters />
        {state === "dead" && shown.length > 0 && (
          <Button
            className="ml-auto"
            disabled={busy}
            onClick={() => {
              setBusy(true);
              void retryAll(shown).finally(() => setBusy(false));
            }}
          >
            <RotateCcw size={14} />
            {t("jobs.retryAll", { count: shown.length })}
          </Button>
        )}
      </div>
      <Loaded query={query}>
        {({ items, total }) =>
          items.length === 0 ? (
            <div className="rounded-xl border border-line">
              <Nothing state={state} filtered={filtered} />
            </div>
          ) : (
            <>
              <ul className="rounded-xl border border-line bg-surface shadow-1">
                {items.map((each) => (
                  <JobRow key={each.id} job={each} />
                ))}
              </ul>
              <Pager
                offset={offset}
                size={SIZE}
                shown={items.length}
                total={total}
                go={(from) => void navigate({ search: (now) => ({ ...now, from: from || undefined }) })}
              />
            </>
          )
        }
      </Loaded>
      {job && <JobSheet job_id={job} close={() => void navigate({ search: (now) => ({ ...now, job: undefined }) })} />}
    </section>
  );
}

/** An empty list says what would be in it. */
function Nothing({ state, filtered }: { state?: string; filtered: boolean }) {
  const navigate = route.useNavigate();
  const healthy = state === "dead";
  return (
    <Empty
      icon={<ListChecks size={20} />}
      title={t(healthy ? "jobs.noneDead" : filtered ? "jobs.noneFits" : "jobs.none")}
      action={filtered && <Button onClick={() => void navigate({ search: {} })}>{t("jobs.showAll")}</Button>}
    >
      {t(healthy ? "jobs.noneDeadText" : "jobs.noneText")}
    </Empty>
  );
}
