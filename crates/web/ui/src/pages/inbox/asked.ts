import type { Approval } from "@/api/types";

/** How much can go wrong, or how soon it is wanted. */
export type Level = "high" | "medium" | "low";

/** What exactly an agent wants to do. */
export interface Asked {
  /** What it wants to run. */
  commands: string[];
  /** What it wants to change, as a diff. */
  diff?: string;
  /** Where, how much and for how much: short values with their names. */
  facts: [name: string, value: string][];
  risk?: Level;
  urgency?: Level;
  /** Everything else that came along. */
  rest: Record<string, unknown>;
}

const COMMANDS = ["command", "commands", "cmd", "script", "shell", "sql", "query"];
const DIFFS = ["diff", "patch"];
const RISKS = ["risk", "risk_level", "severity"];
const URGENCIES = ["urgency", "priority"];
/** Says why, and which tasks it is about: both are shown elsewhere. */
const ELSEWHERE = ["reason", "decision", "lead_reasoning", "task_id", "task_ids", "description", "summary"];
/** Of a command that waits: what is shown beside its decisions, or says something to programs alone. */
const OF_COMMANDS = ["exec_approval_id", "allowed_decisions", "expires_at", "run_id", "about_task_id", "state"];
/** A longer value is no fact, but a text. */
const SHORT = 200;

const LEVELS: Record<string, Level> = {
  critical: "high",
  severe: "high",
  urgent: "high",
  high: "high",
  medium: "medium",
  moderate: "medium",
  normal: "medium",
  low: "low",
  none: "low",
};

type Asking = Pick<Approval, "action_type" | "agent_id" | "payload" | "rubric_scores">;

/** Whether a rule of ours asks, and no agent. */
export function isOfRule({ action_type, agent_id }: Pick<Asking, "action_type" | "agent_id">): boolean {
  return !agent_id && ["budget", "breaker", "stale_task"].includes(action_type);
}

/** Agents send what they like: what is known by its name comes first, and nothing is left out. */
export function askedOf(approval: Asking): Asked {
  const { payload, rubric_scores } = approval;
  const asked: Asked = { commands: [], facts: [], rest: {} };
  const fields = (payload ?? {}) as Record<string, unknown>;
  // The reason of a rule says all of it.
  if (isOfRule(approval)) return asked;
  const elsewhere = "exec_approval_id" in fields ? [...ELSEWHERE, ...OF_COMMANDS] : ELSEWHERE;
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === "" || elsewhere.includes(name)) continue;
    const key = name.toLowerCase();
    const level = levelOf(value);
    const texts = (Array.isArray(value) ? value : [value]).filter((text): text is string => typeof text === "string");
    if (COMMANDS.includes(key) && texts.length > 0) asked.commands.push(...texts);
    else if (DIFFS.includes(key) && typeof value === "string") asked.diff = value;
    else if (RISKS.includes(key) && level) asked.risk = level;
    else if (URGENCIES.includes(key) && level) asked.urgency = level;
    else if (isFact(value)) asked.facts.push([name, String(value)]);
    else asked.rest[name] = value;
  }
  asked.risk ??= scored((rubric_scores ?? {}) as Record<string, unknown>);
  return asked;
}

function isFact(value: unknown): value is string | number | boolean {
  if (typeof value === "string") return value.length <= SHORT && !value.includes("\n");
  return typeof value === "number" || typeof value === "boolean";
}

function levelOf(value: unknown): Level | undefined {
  return typeof value === "string" ? LEVELS[value.trim().toLowerCase()] : undefined;
}

/** Points of a rubric are of a hundred. */
function scored({ risk }: Record<string, unknown>): Level | undefined {
  if (typeof risk !== "number") return undefined;
  return risk >= 67 ? "high" : risk >= 34 ? "medium" : "low";
}

/** How soon the person should look: 2 is first. */
export function weight(approval: Asking): number {
  const { risk, urgency } = askedOf(approval);
  return risk === "high" || urgency === "high" ? 2 : risk === "medium" || urgency === "medium" ? 1 : 0;
}
