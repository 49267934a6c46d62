import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import * as queries from "@/api/queries";
import { currentLocale } from "@/i18n";

const BROWSER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The timezone of the person's profile, or else the browser's. */
export function useTimezone(): string {
  const { data } = useQuery({ ...queries.me, select: (user) => user.timezone });
  return data && isZone(data) ? data : BROWSER_ZONE;
}

function isZone(name: string) {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** The API's timestamps are UTC without zone. */
export function parseTime(text: string): Date {
  return new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}

const language = () => (currentLocale() === "zh" ? "zh-CN" : "en-GB");

export function exactTime(time: Date, timeZone: string) {
  return new Intl.DateTimeFormat(language(), {
    dateStyle: "medium",
    timeStyle: "long",
    timeZone,
  }).format(time);
}

export function shortDate(time: Date, timeZone: string) {
  const year = time.getUTCFullYear() === new Date().getUTCFullYear() ? undefined : ("numeric" as const);
  return new Intl.DateTimeFormat(language(), { day: "numeric", month: "short", year, timeZone }).format(time);
}

/** `23 Nov, 14:05` in this timezone. */
export function shortMoment(time: Date, timeZone: string) {
  return new Intl.DateTimeFormat(language(), {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  }).format(time);
}

/** `Monday, 23 November` in this timezone. */
export function exactDay(time: Date, timeZone: string) {
  return new Intl.DateTimeFormat(language(), { weekday: "long", day: "numeric", month: "long", timeZone }).format(time);
}

/** `2026-11-23` in this timezone. */
export function isoDate(time: Date, timeZone: string) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(time);
}

/** When it is this time of a day in a timezone, as the API takes it. */
export function momentIn(date: string, clock: string, timeZone: string): string {
  // The zone's distance from UTC on that day, found by looking at the same moment in both.
  const utc = new Date(`${date}T${clock}Z`);
  const there = new Date(
    `${new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(utc)}Z`,
  );
  return new Date(utc.getTime() - (there.getTime() - utc.getTime())).toISOString();
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

function relativeTime(time: Date, now: number) {
  const seconds = Math.round((time.getTime() - now) / 1000);
  const format = new Intl.RelativeTimeFormat(language(), { numeric: "auto", style: "narrow" });
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return format.format(0, "second");
}

let now = Date.now();
const listeners = new Set<() => void>();
let ticking: number | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  ticking ??= window.setInterval(() => {
    now = Date.now();
    listeners.forEach((tell) => tell());
  }, 20_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(ticking);
    ticking = undefined;
  };
}

/** A clock that moves every 20 seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** How long ago (or how soon), with the exact time of the person's timezone on hover. */
export function Time({ at, className }: { at: string; className?: string }) {
  const clock = useNow();
  const zone = useTimezone();
  const time = parseTime(at);
  const far = Math.abs(clock - time.getTime()) > 7 * 86_400_000;
  return (
    <time dateTime={time.toISOString()} title={exactTime(time, zone)} className={className}>
      {far ? shortDate(time, zone) : relativeTime(time, Math.max(clock, Date.now() - 20_000))}
    </time>
  );
}
