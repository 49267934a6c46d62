import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Square } from "lucide-react";
import { type ReactNode, useState } from "react";
import * as queries from "@/api/queries";
import { abortRun, run as runQuery } from "@/api/runs";
import type { RunDetail } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Page, Section } from "@/ui/page";
import { Loaded } from "@/ui/states";
import { Time } from "@/ui/time";
import { toast } from "@/ui/toast";
import { Steer } from "./steer";
import { Steps } from "./steps";
import { duration, isOver, money, runTone, runWord, tokensOf, triggerWord, verdictWord } from "./words";

const route = getRouteApi("/runs/$runId");

/** One turn of an agent, as it goes on. */
export default function RunPage() {
  const { runId } = route.useParams();
  const query = useQuery(runQuery(runId));
  return <Loaded query={query}>{(run) => <RunView run={run} />}</Loaded>;
}

function RunView({ run }: { run: RunDetail }) {
  const [stopping, setStopping] = useState(false);
  const { canWrite, isAdmin } = useAccess();
  const mayChange = run.board_id ? canWrite(run.board_id) : isAdmin;
  const stop = () => {
    setStopping(true);
    abortRun(run.id)
      .then(
        () => toast.ok(t("runs.stopped")),
        (error: unknown) => toast.error(error),
      )
      .finally(() => setStopping(false));
  };
  return (
    <Page
      title={triggerWord(run)}
      crumbs={<Badge tone={runTone(run)}>{runWord(run)}</Badge>}
      actions={
        !isOver(run) &&
        mayChange && (
          <Button disabled={stopping} onClick={stop}>
            <Square size={14} />
            {t("runs.stop")}
          </Button>
        )
      }
    >
      <div className="mx-auto grid max-w-6xl gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="min-w-0">
          {run.reason && <p className="mb-4 text-sm text-muted">{reasonWord(run.reason)}</p>}
          {run.error && <p className="mb-4 text-sm text-bad wrap-anywhere">{run.error}</p>}
          <Section title={t("runs.steps")}>
            <Steps steps={run.steps} />
          </Section>
          {!isOver(run) && mayChange && <Steer run_id={run.id} />}
        </div>
        <Facts run={run} />
      </div>
    </Page>
  );
}

function reasonWord(reason: string): string {
  const known = (["link_lost", "silent", "lost"] as const).find((name) => name === reason);
  return known ? t(`runReason.${known}`) : reason;
}

function Facts({ run }: { run: RunDetail }) {
  const { data: agents = [] } = useQuery(queries.agents);
  const agent = agents.find(({ id }) => id === run.agent_id);
  const tokens = tokensOf(run);
  const rows: [string, ReactNode][] = [
    [
      t("runs.agent"),
      agent && (
        <Link
          to="/agents/$agentId"
          params={{ agentId: agent.id }}
          search={{ tab: "runs" }}
          className="rounded text-accent-text hover:underline"
        >
          {agent.name}
        </Link>
      ),
    ],
    [
      t("runs.task"),
      run.task_id && run.board_id && (
        <Link
          to="/boards/$boardId/tasks/$taskId"
          params={{ boardId: run.board_id, taskId: run.task_id }}
          className="rounded text-accent-text hover:underline"
        >
          {t("runs.openTask")}
        </Link>
      ),
    ],
    [t("runs.started"), run.started_at && <Time key="started" at={run.started_at} />],
    [t("runs.ended"), run.ended_at && <Time key="ended" at={run.ended_at} />],
    [t("runs.took"), duration(run.started_at, run.ended_at)],
    [t("runs.model"), run.model],
    [t("runs.used"), tokens > 0 && t("runs.tokens", { count: tokens })],
    [t("runs.cost"), money(run.cost_micros)],
    [t("runs.verdict"), verdictWord(run)],
    [t("runs.seen"), !run.events_complete && t("runs.incomplete")],
  ];
  return (
    <dl className="flex flex-col gap-2 self-start text-sm">
      {rows.map(
        ([label, value]) =>
          value && (
            <div key={label} className="grid grid-cols-[6rem_minmax(0,1fr)] gap-2">
              <dt className="text-muted">{label}</dt>
              <dd className="min-w-0 wrap-anywhere">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
