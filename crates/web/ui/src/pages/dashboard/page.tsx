import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, type LinkProps, linkOptions } from "@tanstack/react-router";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, Suspense } from "react";
import * as queries from "@/api/queries";
import type { Metrics } from "@/api/types";
import { useAccess } from "@/app/access";
import { RANGES } from "@/app/search";
import { t } from "@/i18n/home";
import { lazily } from "@/ui/lazily";
import { Card, Page } from "@/ui/page";
import { PickField } from "@/ui/picker";
import { Loaded, Skeleton } from "@/ui/states";
import { Segmented } from "@/ui/tabs";
import { WhenSeen } from "@/ui/when-seen";
import { boardOptions } from "../boards/options";
import { useInbox } from "../inbox/items";
import { Checklist, useWay } from "./checklist";
import { FleetCard } from "./fleet-card";
import { RecentCard } from "./recent-card";
import { WaitingCard } from "./waiting-card";

const Charts = lazily(() => import("./charts"));
const UsageCard = lazily(() => import("../usage/card"));

const route = getRouteApi("/dashboard");
const DAYS: Record<(typeof RANGES)[number], number> = { "24h": 1, "7d": 7, "14d": 14, "1m": 30, "3m": 90, "1y": 365 };

/** How the fleet does: every number leads to what is behind it. */
export default function Dashboard() {
  const { range = "7d", board: board_id } = route.useSearch();
  const navigate = route.useNavigate();
  const { isAdmin } = useAccess();
  const { data: boards = [] } = useQuery(queries.boards);
  const board = boards.find(({ id }) => id === board_id);
  const metrics = useQuery(queries.metrics(range, board ? { board_id: board.id } : {}));
  const inbox = useInbox();
  const hide = useWay();
  return (
    <Page
      title={t("nav.dashboard")}
      actions={
        <>
          {boards.length > 1 && (
            <PickField
              aria-label={t("dashboard.board")}
              label={t("dashboard.board")}
              className="!w-48"
              value={board?.id ?? ""}
              choose={(id) => void navigate({ search: (now) => ({ ...now, board: id || undefined }), replace: true })}
              options={[{ id: "", label: t("nav.allBoards") }, ...boardOptions(boards)]}
            />
          )}
          <Segmented
            label={t("dashboard.range")}
            value={range}
            onChange={(next) =>
              void navigate({ search: (now) => ({ ...now, range: next === "7d" ? undefined : next }), replace: true })
            }
            options={RANGES.map((value) => ({ value, label: t(`range.${value}`) }))}
          />
        </>
      }
    >
      {hide === undefined ? (
        <DashboardShape />
      ) : (
        <div className="flex flex-col gap-4">
          {hide && <Checklist hide={hide} />}
          <Loaded query={metrics} skeleton={<Tiles />}>
            {(data) => (
              <Numbers metrics={data} board_id={board?.id ?? (boards.length === 1 ? boards[0]?.id : undefined)} />
            )}
          </Loaded>
          {inbox.loading && !inbox.error ? (
            <Pair />
          ) : (
            <div className={PAIR}>
              <WaitingCard inbox={inbox} />
              {isAdmin && <FleetCard />}
            </div>
          )}
          <div className={USAGE}>
            <WhenSeen fallback={<Skeleton className="h-full" />}>
              <Suspense fallback={<Skeleton className="h-full" />}>
                <UsageCard days={DAYS[range]} board_id={board?.id} />
              </Suspense>
            </WhenSeen>
          </div>
          <div className={CHARTS}>
            {metrics.data && (
              <WhenSeen fallback={<Skeleton className="h-full" />}>
                <Suspense fallback={<Skeleton className="h-full" />}>
                  <Charts metrics={metrics.data} />
                </Suspense>
              </WhenSeen>
            )}
          </div>
          <RecentCard />
        </div>
      )}
    </Page>
  );
}

/**
 * The places of what is shown. They are as high before their content is there as with it, so that nothing moves, neither while
 * it comes nor when it changes later. One below the other, the two lists are as long as what is in them.
 */
const TILES = "grid grid-cols-2 gap-4 *:min-h-29 max-xl:*:min-h-34 lg:grid-cols-4";
const PAIR = "grid gap-4 lg:h-104 lg:grid-cols-2";
const USAGE = "grid min-h-60";
const CHARTS = "grid min-h-316 lg:min-h-156";

function Numbers({ metrics, board_id }: { metrics: Metrics; board_id?: string }) {
  const { kpis, throughput } = metrics;
  const done = total(throughput.primary.points);
  const before = total(throughput.comparison.points);
  const median = kpis.median_cycle_time_hours_7d;
  const tasks = (q: string) =>
    board_id
      ? linkOptions({ to: "/boards/$boardId", params: { boardId: board_id }, search: { q, view: "table" } })
      : linkOptions({ to: "/boards" });
  return (
    <div className={TILES}>
      <Tile label={t("dashboard.done")} value={String(done)} trend={done - before} link={tasks("status:done")} />
      <Tile
        label={t("dashboard.inProgress")}
        value={String(kpis.in_progress_tasks)}
        note={t("dashboard.inReview", { count: kpis.review_tasks })}
        link={tasks("status:in_progress")}
      />
      <Tile
        label={t("dashboard.cycle")}
        value={median == null ? "–" : hours(median)}
        note={t("dashboard.cycleNote")}
        link={tasks("status:done")}
      />
      <Tile
        label={t("dashboard.agents")}
        value={String(kpis.active_agents)}
        note={t("dashboard.errorRate", { percent: kpis.error_rate_pct.toFixed(1) })}
        link={linkOptions({ to: "/agents" })}
      />
    </div>
  );
}

interface TileProps {
  label: string;
  value: string;
  note?: string;
  trend?: number;
  link: LinkProps;
}

function Tile({ label, value, note, trend, link }: TileProps) {
  let below: ReactNode = note;
  if (trend !== undefined) {
    below = (
      <span className="flex items-center gap-1">
        {trend > 0 && <ArrowUp size={12} className="text-ok" />}
        {trend < 0 && <ArrowDown size={12} className="text-warn" />}
        {trend === 0 ? t("dashboard.same") : t("dashboard.trend", { n: trend > 0 ? `+${trend}` : String(trend) })}
      </span>
    );
  }
  return (
    <Card className="transition-colors hover:border-line-strong">
      <Link {...link} className="block rounded-xl p-4">
        <p className="text-sm text-muted">{label}</p>
        <p className="my-0.5 text-2xl font-semibold tracking-tight tabular-nums">{value}</p>
        <p className="text-xs text-muted">{below}</p>
      </Link>
    </Card>
  );
}

function total(points: { value: number }[]) {
  return points.reduce((sum, { value }) => sum + value, 0);
}

function hours(value: number) {
  if (value < 1) return t("dashboard.minutes", { n: Math.round(value * 60) });
  return value < 48
    ? t("dashboard.hours", { n: value.toFixed(1) })
    : t("dashboard.days", { n: (value / 24).toFixed(1) });
}

/** The shape of the numbers. */
function Tiles() {
  return (
    <div role="status" aria-label={t("common.loading")} className={TILES}>
      {[0, 1, 2, 3].map((tile) => (
        <Skeleton key={tile} />
      ))}
    </div>
  );
}

/** The shape of the two lists. One below the other they come together: the length of the first is known only then. */
function Pair() {
  return (
    <div className={PAIR}>
      <Skeleton className="min-h-60" />
      <Skeleton className="min-h-60" />
    </div>
  );
}

/** The shape of the page, until it is known what stands at its top. */
function DashboardShape() {
  return (
    <div className="flex flex-col gap-4">
      <Tiles />
      <Pair />
      <Skeleton className="h-60" />
    </div>
  );
}
