import type { UsageGroup, UsageTotals } from "@/api/types";
import type { USAGE_GROUPS } from "@/app/search";
import { currentLocale } from "@/i18n";
import { t } from "@/i18n/admin";

export const UNITS = ["tokens", "cost"] as const;
export type Unit = (typeof UNITS)[number];

/** A number of tokens in few letters: `12.3K`. */
export function short(count: number): string {
  return new Intl.NumberFormat(currentLocale() === "zh" ? "zh-CN" : "en-GB", {
    notation: "compact",
    maximumFractionDigits: 1,
  }).format(count);
}

/** Millionths of a US dollar as people read them. */
export function dollars(micros: number): string {
  const digits = micros !== 0 && Math.abs(micros) < 1_000_000 ? 4 : 2;
  return `$${(micros / 1_000_000).toFixed(digits)}`;
}

/** The cost as far as there are prices; nothing is guessed. */
export function costOf({ cost_micros, unpriced_calls }: UsageTotals): string {
  if (cost_micros === null || cost_micros === undefined) return unpriced_calls > 0 ? t("usage.noPrice") : dollars(0);
  return dollars(cost_micros);
}

export const figureOf = (used: UsageTotals, unit: Unit): number =>
  unit === "tokens" ? used.total_tokens : (used.cost_micros ?? 0);

export type Grouping = (typeof USAGE_GROUPS)[number];

/** By what a group is found again; blank for what belongs to none. */
export function idOf(group: UsageGroup, by: Grouping): string {
  const ids = {
    agent: group.agent_id,
    board: group.board_id,
    task: group.task_id,
    model: group.model,
    provider: group.provider,
  };
  return ids[by] ?? "";
}

/** What a group is called. */
export function nameOf(group: UsageGroup, by: Grouping): string {
  const id = idOf(group, by);
  if (!id) return t(`usageNone.${by}`);
  if (by === "agent") return group.agent_name ?? t("usage.gone");
  if (by === "board") return group.board_name ?? t("usage.gone");
  if (by === "task") return group.task_title ?? t("usage.gone");
  return id;
}
