import type { Agent } from "@/api/types";
import { t } from "@/i18n";

interface Profile {
  role?: string;
  emoji?: string;
  communication_style?: string;
}

/** What is known of an agent's character; clients may keep more in it. */
export function profileOf(agent: Agent): Profile {
  const fields = (agent.identity_profile ?? {}) as Record<string, unknown>;
  const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : undefined);
  return { role: text("role"), emoji: text("emoji"), communication_style: text("communication_style") };
}

/** Names of emoji that profiles use, as characters. */
export const EMOJI: Record<string, string> = {
  ":gear:": "⚙️",
  ":compass:": "🧭",
  ":robot:": "🤖",
  ":brain:": "🧠",
  ":rocket:": "🚀",
  ":wrench:": "🔧",
  ":memo:": "📝",
  ":mag:": "🔍",
  ":shield:": "🛡️",
  ":bar_chart:": "📊",
  ":art:": "🎨",
  ":books:": "📚",
  ":bulb:": "💡",
  ":test_tube:": "🧪",
  ":package:": "📦",
  ":sparkles:": "✨",
};

/** The sign that the agent chose, if it has one. */
export function emojiOf(agent: Agent | undefined): string | undefined {
  const emoji = agent && profileOf(agent).emoji;
  return emoji && (EMOJI[emoji] ?? (emoji.startsWith(":") ? undefined : emoji));
}

/** The signs of these agents, by their names. */
export function emojiByName(agents: Agent[]): (name: string) => string | undefined {
  const signs = new Map(agents.map((agent) => [agent.name, emojiOf(agent)]));
  return (name) => signs.get(name);
}

export function roleOf(agent: Agent): string {
  if (agent.is_gateway_main) return t("agent.main");
  return profileOf(agent).role ?? (agent.is_board_lead ? t("agent.lead") : t("agent.worker"));
}

/** How often the agent checks in, as it was written down. */
export function everyOf(agent: Agent): string {
  const { every } = (agent.heartbeat_config ?? {}) as { every?: unknown };
  return typeof every === "string" ? every : "10m";
}

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `10m` in milliseconds; `undefined` when it is off or cannot be read. */
export function duration(text: string): number | undefined {
  const [, count, unit] = /^(\d+)\s*([smhd])$/.exec(text.trim()) ?? [];
  const length = Number(count) * (UNITS[unit ?? ""] ?? 0);
  return length > 0 ? length : undefined;
}
