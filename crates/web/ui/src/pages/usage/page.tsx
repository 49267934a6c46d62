import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Coins, Download } from "lucide-react";
import { Suspense, useCallback, useMemo } from "react";
import * as queries from "@/api/queries";
import { lastDays, type Span, type UsageFilter, usage, usageFile } from "@/api/usage";
import { useAccess } from "@/app/access";
import { USAGE_GROUPS, type UsageSearch } from "@/app/search";
import { t } from "@/i18n/admin";
import { Button, buttonClass } from "@/ui/button";
import { FilterChip } from "@/ui/filter-chip";
import { lazily } from "@/ui/lazily";
import { Card, Page, Section } from "@/ui/page";
import { Empty, Loaded, Skeleton } from "@/ui/states";
import { Segmented } from "@/ui/tabs";
import { shortDate } from "@/ui/time";
import { boardOptions } from "../boards/options";
import { costOf, type Grouping, nameOf, short, UNITS, type Unit } from "./figures";
import { Groups } from "./groups";

const OverTime = lazily(() => import("./over-time"));
const route = getRouteApi("/usage");
const RANGES = [7, 30, 90] as const;
/** What is looked at next, where one thing was chosen. */
const NEXT: Record<Grouping, Grouping> = {
  board: "agent",
  agent: "task",
  task: "model",
  provider: "model",
  model: "agent",
};

/** What models used and cost: over time, and by whom or what. */
export default function UsagePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { isAdmin } = useAccess();
  const { by = "agent", unit = "tokens" as Unit, days = 30, agent, board, task, model, provider, from, to } = search;
  const set = useCallback(
    (change: UsageSearch) => void navigate({ search: (now) => ({ ...now, ...change }) }),
    [navigate],
  );
  const span = useMemo<Span>(() => (from && to ? { from, to } : lastDays(days)), [from, to, days]);
  const filter = useMemo<UsageFilter>(
    () => ({ agent_id: agent, board_id: board, task_id: task, model, provider }),
    [agent, board, task, model, provider],
  );
  const daily = useQuery({ ...usage("day", span, filter), placeholderData: keepPreviousData });
  const groups = useQuery({ ...usage(by, span, filter), placeholderData: keepPreviousData });
  /** What failed for one of them most likely failed for both. */
  const both = {
    data: daily.data,
    error: daily.error,
    refetch: () => Promise.all([daily.refetch(), groups.refetch()]),
  };
  const open = useCallback((id: string) => set({ [by]: id, by: NEXT[by] }), [set, by]);
  return (
    <Page
      title={t("nav.usage")}
      description={t("usage.text")}
      actions={
        <>
          <Segmented<Unit>
            label={t("usage.unit")}
            value={unit}
            onChange={(next) => set({ unit: next === "cost" ? next : undefined })}
            options={UNITS.map((value) => ({ value, label: t(`usage.${value}`) }))}
          />
          <Segmented
            label={t("usage.range")}
            value={from ? "" : String(days)}
            onChange={(next) => set({ days: next === "30" ? undefined : Number(next), from: undefined, to: undefined })}
            options={RANGES.map((count) => ({ value: String(count), label: t("usage.days", { count }) }))}
          />
          <a href={usageFile(by, span, filter)} download className={buttonClass()}>
            <Download size={14} />
            CSV
          </a>
        </>
      }
    >
      <Terms search={search} set={set} span={span} />
      <Loaded query={both}>
        {(report) =>
          report.total.calls === 0 ? (
            <Empty icon={<Coins size={20} />} title={t("usage.none")}>
              {t("usage.noneText")}
            </Empty>
          ) : (
            <>
              <Totals total={report.total} />
              <Card className="mb-6 min-w-0 p-4">
                <h2 className="mb-2 text-sm">{t("usage.perDay")}</h2>
                <Suspense fallback={<Skeleton className="h-[200px]" />}>
                  <OverTime
                    report={report}
                    span={span}
                    unit={unit}
                    zoom={(start, end) => set(daysAround(start, end))}
                  />
                </Suspense>
              </Card>
              <Section
                title={t("usage.by")}
                actions={
                  <Segmented<Grouping>
                    label={t("usage.by")}
                    value={by}
                    onChange={(next) => set({ by: next === "agent" ? undefined : next })}
                    options={USAGE_GROUPS.map((value) => ({ value, label: t(`usageBy.${value}`) }))}
                  />
                }
              >
                <Loaded query={groups}>
                  {({ groups: found, truncated }) => (
                    <>
                      <Groups groups={found} by={by} unit={unit} open={open} isAdmin={isAdmin} />
                      {truncated && <p className="mt-2 text-xs text-muted">{t("usage.truncated")}</p>}
                    </>
                  )}
                </Loaded>
              </Section>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

/** Whole days of UTC that were marked in the chart. */
function daysAround(start: Date, end: Date): UsageSearch {
  const day = 86_400_000;
  const floor = Math.floor(start.getTime() / day) * day;
  const ceiling = Math.max(Math.ceil(end.getTime() / day) * day, floor + day);
  return { from: new Date(floor).toISOString(), to: new Date(ceiling).toISOString() };
}

interface TermsProps {
  search: UsageSearch;
  set(change: UsageSearch): void;
  span: Span;
}

/** Of what the use is shown: each term can be changed and taken away. */
function Terms({ search, set, span }: TermsProps) {
  const { isAdmin } = useAccess();
  const { data: boards = [] } = useQuery(queries.boards);
  const { data: agents = [] } = useQuery({ ...queries.agents, enabled: isAdmin });
  const named = useQuery({ ...usage("task", span, { task_id: search.task }), enabled: search.task !== undefined });
  const task = named.data?.groups[0];
  return (
    <div role="group" aria-label={t("audit.filter")} className="mb-4 flex flex-wrap items-center gap-2">
      <FilterChip
        label={t("usageBy.board")}
        options={boardOptions(boards)}
        value={search.board}
        onChange={(board) => set({ board })}
      />
      {(isAdmin || search.agent) && (
        <FilterChip
          label={t("usageBy.agent")}
          options={agents.map(({ id, name }) => ({ id, label: name }))}
          value={search.agent}
          name={t("usage.gone")}
          onChange={(agent) => set({ agent })}
        />
      )}
      {search.task && (
        <FilterChip
          label={t("usageBy.task")}
          options={[]}
          value={search.task}
          name={task ? nameOf(task, "task") : "…"}
          onChange={(next) => set({ task: next })}
        />
      )}
      {search.model && (
        <FilterChip label={t("usageBy.model")} options={[]} value={search.model} onChange={(model) => set({ model })} />
      )}
      {search.provider && (
        <FilterChip
          label={t("usageBy.provider")}
          options={[]}
          value={search.provider}
          onChange={(provider) => set({ provider })}
        />
      )}
      {search.from && search.to && (
        <Button size="sm" onClick={() => set({ from: undefined, to: undefined })}>
          {t("usage.onlyDays", {
            from: shortDate(new Date(search.from), "UTC"),
            to: shortDate(new Date(Date.parse(search.to) - 1), "UTC"),
          })}
          {" ×"}
        </Button>
      )}
    </div>
  );
}

function Totals({ total }: { total: Parameters<typeof costOf>[0] }) {
  const tiles: [string, string, string][] = [
    [
      t("usage.cost"),
      costOf(total),
      total.unpriced_calls > 0 ? t("usage.withoutPrice", { count: total.unpriced_calls }) : t("usage.allPriced"),
    ],
    [
      t("usage.tokens"),
      short(total.total_tokens),
      t("usage.inOut", { input: short(total.input_tokens), output: short(total.output_tokens) }),
    ],
    [
      t("usage.cache"),
      short(total.cache_read_tokens + total.cache_write_tokens),
      t("usage.cacheText", { read: short(total.cache_read_tokens), write: short(total.cache_write_tokens) }),
    ],
    [t("usage.runs"), short(total.runs), t("usage.callsOf", { count: total.calls })],
  ];
  return (
    <div className="mb-4 grid grid-cols-2 gap-4 lg:grid-cols-4">
      {tiles.map(([label, value, note]) => (
        <Card key={label} className="p-4">
          <p className="text-sm text-muted">{label}</p>
          <p className="my-0.5 text-2xl font-semibold tracking-tight tabular-nums">{value}</p>
          <p className="text-xs text-muted">{note}</p>
        </Card>
      ))}
    </div>
  );
}
