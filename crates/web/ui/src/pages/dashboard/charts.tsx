import { useMemo } from "react";
import type { Metrics } from "@/api/types";
import { t } from "@/i18n/home";
import { Chart, type Series } from "@/ui/chart";
import { Card } from "@/ui/page";
import { parseTime } from "@/ui/time";

type Pair = Metrics["throughput"];

/** What the dashboard's numbers were over time, beside the time before. */
export default function Charts({ metrics }: { metrics: Metrics }) {
  const { throughput, cycle_time, error_rate, wip } = metrics;
  const work = useMemo(() => {
    const points = wip.primary.points;
    const column = (name: "inbox" | "in_progress" | "review") => points.map((point) => point[name]);
    return {
      times: points.map(({ period }) => parseTime(period)),
      series: [
        { label: t("status.inbox"), color: "--idle-dot", values: column("inbox") },
        { label: t("status.in_progress"), color: "--warn-dot", values: column("in_progress") },
        { label: t("status.review"), color: "--info-dot", values: column("review") },
      ] satisfies Series[],
    };
  }, [wip]);
  return (
    <div className="grid min-w-0 gap-4 lg:grid-cols-2">
      <Compared title={t("dashboard.throughput")} pair={throughput} color="--accent" kind="bars" format={whole} />
      <Card className="min-w-0 p-4">
        <h2 className="mb-2 text-sm">{t("dashboard.wip")}</h2>
        <Chart label={t("dashboard.wip")} times={work.times} series={work.series} format={whole} />
      </Card>
      <Compared title={t("dashboard.cycleTime")} pair={cycle_time} color="--info-dot" kind="area" format={inHours} />
      <Compared title={t("dashboard.errors")} pair={error_rate} color="--bad-dot" kind="area" format={percent} />
    </div>
  );
}

const whole = (value: number) => String(Math.round(value));
const inHours = (value: number) => t("dashboard.hours", { n: Number(value.toFixed(1)) });
const percent = (value: number) => `${Number(value.toFixed(1))}%`;

interface ComparedProps {
  title: string;
  pair: Pair;
  color: string;
  kind: Series["kind"];
  format(value: number): string;
}

function Compared({ title, pair, color, kind, format }: ComparedProps) {
  const { times, series, sum, before } = useMemo(() => {
    const now = pair.primary.points;
    const then = pair.comparison.points;
    return {
      times: now.map(({ period }) => parseTime(period)),
      series: [
        { label: t("dashboard.now"), color, kind, values: now.map(({ value }) => value) },
        {
          label: t("dashboard.before"),
          color: "--idle-dot",
          kind: "dashed",
          values: now.map((_, index) => then[index]?.value ?? null),
        },
      ] satisfies Series[],
      sum: now.reduce((all, { value }) => all + value, 0),
      before: then.reduce((all, { value }) => all + value, 0),
    };
  }, [pair, color, kind]);
  return (
    <Card className="min-w-0 p-4">
      <h2 className="mb-2 text-sm">{title}</h2>
      {sum + before === 0 ? (
        <p className="flex h-[180px] items-center justify-center text-sm text-muted">{t("dashboard.noData")}</p>
      ) : (
        <Chart label={title} times={times} series={series} format={format} />
      )}
    </Card>
  );
}
