import { useMemo } from "react";
import type { UsageReport } from "@/api/types";
import { daysOf, type Span } from "@/api/usage";
import { t } from "@/i18n/admin";
import { Chart, type Series } from "@/ui/chart";
import { dollars, short, type Unit } from "./figures";

interface Props {
  report: UsageReport;
  span: Span;
  unit: Unit;
  zoom(from: Date, to: Date): void;
}

const ZERO = { input_tokens: 0, output_tokens: 0, cache_read_tokens: 0, cache_write_tokens: 0, cost_micros: 0 };

/** Use per day: the kinds of tokens on top of each other, or what they cost. */
export default function OverTime({ report, span, unit, zoom }: Props) {
  const { times, series } = useMemo(() => {
    const days = daysOf(span);
    const used = new Map(report.groups.map((group) => [group.day, group]));
    const of = (name: keyof typeof ZERO) =>
      days.map((day) => (used.get(day.toISOString().slice(0, 10)) ?? ZERO)[name] ?? 0);
    const bars = (label: string, color: string, name: keyof typeof ZERO): Series => ({
      label,
      color,
      kind: "bars",
      values: of(name),
    });
    return {
      times: days,
      series:
        unit === "cost"
          ? [bars(t("usage.cost"), "--accent", "cost_micros")]
          : [
              bars(t("usage.cacheRead"), "--idle-dot", "cache_read_tokens"),
              bars(t("usage.cacheWrite"), "--warn-dot", "cache_write_tokens"),
              bars(t("usage.input"), "--info-dot", "input_tokens"),
              bars(t("usage.output"), "--accent", "output_tokens"),
            ],
    };
  }, [report, span, unit]);
  return (
    <Chart
      stacked
      label={t("usage.chart", { tokens: short(report.total.total_tokens), days: times.length })}
      times={times}
      series={series}
      height={200}
      timeZone="UTC"
      format={unit === "cost" ? dollars : short}
      onZoom={zoom}
    />
  );
}
