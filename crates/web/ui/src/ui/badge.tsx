import clsx from "clsx";
import type { ReactNode } from "react";

export type Tone = "ok" | "warn" | "bad" | "info" | "idle" | "accent";

const SOFT: Record<Tone, string> = {
  ok: "bg-ok-soft text-ok",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  info: "bg-info-soft text-info",
  idle: "bg-sunken text-muted",
  accent: "bg-accent-soft text-accent-text",
};

const DOTS: Record<Tone, string> = {
  ok: "bg-ok-dot",
  warn: "bg-warn-dot",
  bad: "bg-bad-dot",
  info: "bg-info-dot",
  idle: "bg-idle-dot",
  accent: "bg-accent",
};

export function Badge({
  tone = "idle",
  children,
  className,
}: {
  tone?: Tone;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 shrink-0 items-center gap-1 rounded-md px-1.5 text-xs font-medium whitespace-nowrap",
        SOFT[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

export function Dot({ tone, pulse, className }: { tone: Tone; pulse?: boolean; className?: string }) {
  return (
    <span
      aria-hidden
      className={clsx("inline-block size-2 shrink-0 rounded-full", DOTS[tone], pulse && "animate-breathe", className)}
    />
  );
}

const COUNTS = { idle: "text-muted", accent: "bg-accent text-accent-fg", bad: "bg-bad-soft text-bad" } as const;

/** A number beside a name in a list. */
export function Count({ n, tone = "idle" }: { n: number; tone?: keyof typeof COUNTS }) {
  return (
    <span className={clsx("min-w-5 rounded-full px-1.5 text-center text-xs font-medium tabular-nums", COUNTS[tone])}>
      {n}
    </span>
  );
}
