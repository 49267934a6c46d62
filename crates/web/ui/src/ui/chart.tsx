import "uplot/dist/uPlot.min.css";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import { useShownTheme } from "@/app/preferences";
import { currentLocale } from "@/i18n";
import { shortDate, useTimezone } from "./time";

export interface Series {
  label: string;
  /** A custom property of the tokens. */
  color: string;
  values: (number | null)[];
  kind?: "bars" | "line" | "dashed" | "area";
}

interface Props {
  /** What the chart says, for those who do not see it. */
  label: string;
  times: Date[];
  series: Series[];
  height?: number;
  format?(value: number): string;
  /** The series lie on top of each other, the last one at the bottom. */
  stacked?: boolean;
  /** Where the times are; the person's timezone when it is not given. */
  timeZone?: string;
  /** A part of the time was marked: show it closer. */
  onZoom?(from: Date, to: Date): void;
}

const bars = uPlot.paths.bars?.({ size: [0.6, 28], radius: 0.2 });
/** Half the time between two values. */
function halfPeriod(times: ArrayLike<number>): number {
  return times.length > 1 ? ((times[1] ?? 0) - (times[0] ?? 0)) / 2 : 43_200;
}

/** A value holds for its whole period, and nothing is drawn between them that was not measured. */
const steps: uPlot.Series.PathBuilder = (plot, index, from, to) => {
  const times = plot.data[0];
  const values = plot.data[index] ?? [];
  const half = halfPeriod(times);
  const across = (time: number) => plot.valToPos(time, "x", true);
  const floor = plot.valToPos(0, "y", true);
  const stroke = new Path2D();
  const fill = new Path2D();
  let connected = false;
  for (let at = from; at <= to; at += 1) {
    const [time, value] = [times[at], values[at]];
    if (time === undefined || value === null || value === undefined) {
      connected = false;
      continue;
    }
    const [left, right, height] = [across(time - half), across(time + half), plot.valToPos(value, "y", true)];
    if (connected) stroke.lineTo(left, height);
    else stroke.moveTo(left, height);
    stroke.lineTo(right, height);
    fill.rect(left, height, right - left, floor - height);
    connected = true;
  }
  return { stroke, fill };
};

/** Values over time. */
export function Chart({ label, times, series, height = 180, format = String, stacked, timeZone: zone, onZoom }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const theme = useShownTheme();
  const own = useTimezone();
  const timeZone = zone ?? own;
  const zoom = useRef(onZoom);
  useEffect(() => {
    zoom.current = onZoom;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the page, so another theme draws anew.
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const style = getComputedStyle(document.documentElement);
    const color = (name: string) => style.getPropertyValue(name).trim();
    const axis: uPlot.Axis = {
      stroke: color("--muted"),
      grid: { stroke: color("--line"), width: 1 },
      ticks: { show: false },
      font: `11px ${getComputedStyle(element).fontFamily}`,
    };
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), timeZone),
        padding: [8, 24, 0, 0],
        cursor: { drag: { x: zoom.current !== undefined, y: false, setScale: false }, points: { size: 6 } },
        legend: { live: true, markers: { width: 0, fill: (_, index) => color(series[index - 1]?.color ?? "--line") } },
        // The first and the last bar are as wide as the others.
        scales: {
          x: { range: ({ data: [at] }, min, max) => [min - halfPeriod(at), max + halfPeriod(at)] },
          y: { range: (_, __, max) => [0, Math.max(1, max * 1.15)] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            values: (_, splits, __, ___, step) => splits.map((seconds) => tick(seconds, step, timeZone)),
          },
          {
            ...axis,
            size: 48,
            values: (_, splits) => splits.map((value) => (Number.isInteger(value) ? format(value) : "")),
          },
        ],
        series: [
          { label: "", value: (_, seconds) => (seconds == null ? "" : day(seconds, timeZone)) },
          ...series.map(
            ({ label: name, color: token, kind = "line" }): uPlot.Series => ({
              label: name,
              stroke: color(token),
              width: kind === "bars" ? 0 : 2,
              dash: kind === "dashed" ? [4, 4] : undefined,
              fill: kind === "bars" ? color(token) : kind === "area" ? `${color(token)}26` : undefined,
              paths: kind === "bars" ? bars : steps,
              points: { show: false },
              value: (_, __, position, at) => told(series[position - 1]?.values[at ?? -1], format),
            }),
          ),
        ],
        hooks: {
          setSelect: [
            (self) => {
              if (self.select.width < 8) return;
              const at = (pixel: number) => new Date(self.posToVal(pixel, "x") * 1000);
              zoom.current?.(at(self.select.left), at(self.select.left + self.select.width));
            },
          ],
        },
      },
      [times.map((time) => time.getTime() / 1000), ...(stacked ? piled(series) : series.map(({ values }) => values))],
      element,
    );
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [times, series, height, format, stacked, theme, timeZone]);
  return (
    <figure className="m-0">
      <div ref={host} aria-hidden className="chart text-xs" />
      <figcaption className="sr-only">{label}</figcaption>
    </figure>
  );
}

const told = (value: number | null | undefined, format: (value: number) => string) =>
  value === null || value === undefined ? "" : format(value);

/** How high each series reaches with those below it. What reaches highest is drawn first, and the others over it. */
function piled(series: Series[]): number[][] {
  let below: number[] = [];
  const heights = series.toReversed().map(({ values }) => {
    below = values.map((value, at) => (value ?? 0) + (below[at] ?? 0));
    return below;
  });
  return heights.reverse();
}

/** What stands at a place of the time axis: the hour where places are closer than a day. */
function tick(seconds: number, step: number, timeZone: string) {
  const at = new Date(seconds * 1000);
  if (step >= 86_400) return shortDate(at, timeZone);
  return new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit", timeZone }).format(at);
}

const language = () => (currentLocale() === "zh" ? "zh-CN" : "en-GB");

function day(seconds: number, timeZone: string) {
  return new Intl.DateTimeFormat(language(), {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  }).format(new Date(seconds * 1000));
}
