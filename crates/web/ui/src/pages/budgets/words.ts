import type { Budget } from "@/api/types";
import { currentLocale } from "@/i18n";
import { t } from "@/i18n/more";
import type { Tone } from "@/ui/badge";

export const METRICS = ["tokens", "cost", "runs"] as const;
export const PERIODS = ["day", "week", "month"] as const;
const STAGES = ["ok", "warned", "slowed", "stopped"] as const;

const TONES: Record<string, Tone> = { ok: "ok", warned: "warn", slowed: "warn", stopped: "bad" };

export const stageTone = ({ enabled, window }: Budget): Tone => (enabled ? (TONES[window.stage] ?? "idle") : "idle");

/** How far it is used up. A newer server may have stages that we do not know. */
export function stageWord({ enabled, window }: Budget): string {
  if (!enabled) return t("budget.off");
  const known = STAGES.find((stage) => stage === window.stage);
  return known ? t(`budgetStage.${known}`) : window.stage;
}

export function periodWord({ period }: Budget): string {
  const known = PERIODS.find((name) => name === period);
  return known ? t(`budgetPeriod.${known}`) : period;
}

/** An amount in the unit of its budget. */
export function amountWord(metric: string, amount: number): string {
  if (metric === "cost") return `$${(amount / 1_000_000).toFixed(2)}`;
  const count = new Intl.NumberFormat(currentLocale() === "zh" ? "zh-CN" : "en-GB").format(amount);
  return metric === "runs" ? t("budget.runs", { count }) : t("budget.tokens", { count });
}

/** What people type for an amount, and what is sent: dollars are sent in millionths. */
export const typedAmount = (metric: string, amount: number) => String(metric === "cost" ? amount / 1_000_000 : amount);
export const sentAmount = (metric: string, typed: string) =>
  Math.round(Number(typed.replace(",", ".")) * (metric === "cost" ? 1_000_000 : 1));

/** The share of what is allowed that is used, in percent. */
export function share({ limit, window }: Budget): number {
  return Math.round((100 * window.used) / (limit + window.extra));
}
