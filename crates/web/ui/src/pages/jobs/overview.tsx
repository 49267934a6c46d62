import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { queue as queueQuery } from "@/api/jobs";
import type { Queue } from "@/api/types";
import { type MessageKey, t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Card, Section } from "@/ui/page";
import { Loaded, Skeleton } from "@/ui/states";
import { Time } from "@/ui/time";

/** How the work behind everything goes: what waits, what ended, who works, what is in the way. */
export function Overview() {
  const query = useQuery(queueQuery);
  return (
    <Loaded query={query} skeleton={<Skeleton className="mb-6 h-28" />}>
      {(queue) => (
        <>
          {queue.workers.length === 0 && (
            <p role="alert" className="mb-4 rounded-lg bg-bad-soft px-3.5 py-2.5 text-sm text-bad">
              {t("jobs.nobodyWorks")}
            </p>
          )}
          <div className="mb-5 grid grid-cols-2 gap-3 lg:grid-cols-4">
            {queue.lanes.map((lane) => (
              <LaneCard key={lane.lane} lane={lane} />
            ))}
            <Figures title={t("jobs.endedWithin")} figures={ended(queue)} />
            <Figures
              title={t("jobs.workers")}
              figures={[[t("jobs.alive"), queue.workers.length]]}
              note={t(
                queue.healthy ? (queue.backend === "redis" ? "jobs.overRedis" : "jobs.inProcess") : "jobs.unhealthy",
              )}
            />
          </div>
          <Circuits circuits={queue.circuits.filter(({ state }) => state !== "closed")} />
        </>
      )}
    </Loaded>
  );
}

function LaneCard({ lane }: { lane: Queue["lanes"][number] }) {
  const figures: Figure[] = [
    [t("jobs.waiting"), lane.due],
    [t("jobs.running"), lane.running],
    [t("jobs.later"), lane.scheduled],
  ];
  const bulk = lane.lane === "bulk";
  return (
    <Figures
      title={t(bulk ? "jobs.bulk" : "jobs.interactive")}
      figures={figures}
      note={
        lane.oldest_due ? (
          <>
            {t("jobs.oldest")} <Time at={lane.oldest_due} />
          </>
        ) : (
          t(bulk ? "jobs.bulkText" : "jobs.interactiveText")
        )
      }
    />
  );
}

type Figure = [label: string, value: number | string];

function ended({ throughput: { last_minute, last_hour } }: Queue): Figure[] {
  const both = ({ succeeded, dead }: { succeeded: number; dead: number }) =>
    dead > 0 ? `${succeeded} + ${t("jobs.nDead", { count: dead })}` : succeeded;
  return [
    [t("jobs.minute"), both(last_minute)],
    [t("jobs.hour"), both(last_hour)],
  ];
}

function Figures({ title, figures, note }: { title: string; figures: Figure[]; note?: ReactNode }) {
  return (
    <Card className="min-w-0 px-4 py-3 max-sm:px-3">
      <h2 className="text-sm">{title}</h2>
      <dl className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1 max-sm:gap-x-3">
        {figures.map(([label, value]) => (
          <div key={label} className="flex flex-col-reverse">
            <dt className="text-xs text-muted">{label}</dt>
            <dd className="text-lg font-semibold whitespace-nowrap tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {note && <p className="mt-1.5 text-xs text-muted">{note}</p>}
    </Card>
  );
}

/** Gateways whose jobs fail because they are away. */
function Circuits({ circuits }: { circuits: Queue["circuits"] }) {
  if (circuits.length === 0) return null;
  return (
    <Section title={t("jobs.circuits")}>
      <ul className="flex flex-col gap-2">
        {circuits.map((circuit) => (
          <li
            key={circuit.gateway_id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg border border-line px-4 py-2.5 text-sm"
          >
            <Badge tone={circuit.state === "open" ? "bad" : "warn"}>
              {t(circuit.state === "open" ? "jobs.heldBack" : "jobs.tries")}
            </Badge>
            <Link
              to="/gateways/$gatewayId"
              params={{ gatewayId: circuit.gateway_id }}
              className="rounded font-medium hover:text-accent-text hover:underline"
            >
              {circuit.gateway_name}
            </Link>
            <span className="text-xs text-muted">
              {t("jobs.failingSince", { count: circuit.failures })} <Time at={circuit.failing_since} />
              {circuit.open_until && (
                <>
                  {" · "}
                  {t("jobs.next")} <Time at={circuit.open_until} />
                </>
              )}
            </span>
            <span className="w-full text-xs text-bad wrap-anywhere">{circuit.last_error}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const SCHEDULES: Record<string, MessageKey> = { prune: "jobs.prune", reconcile: "jobs.reconcile" };

/** What runs by the clock. */
export function Schedules() {
  const { data } = useQuery(queueQuery);
  if (!data) return null;
  return (
    <Section title={t("jobs.schedules")}>
      <ul className="rounded-xl border border-line">
        {data.schedules.map(({ name, cron, last_run_at, next_run_at }) => (
          <li
            key={name}
            className="flex flex-wrap items-center gap-x-5 gap-y-1 border-b border-line px-4 py-2.5 text-sm last:border-0"
          >
            <span className="min-w-48 flex-1 font-medium">{SCHEDULES[name] ? t(SCHEDULES[name]) : name}</span>
            <code className="text-xs text-muted">{cron} UTC</code>
            <span className="text-muted">
              {t("jobs.last")} {last_run_at ? <Time at={last_run_at} /> : t("agent.never")}
            </span>
            <span className="text-muted">
              {t("jobs.next")} <Time at={next_run_at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
