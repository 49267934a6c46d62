import type { ModelChoice, ModelChoiceUpdate } from "@/api/types";

export const LEVELS = ["off", "minimal", "low", "medium", "high", "xhigh", "adaptive", "max"] as const;
export type Level = (typeof LEVELS)[number];

/** A choice as a form has it: what nobody chose is empty. */
export interface Choice {
  model: string;
  /** Separated by commas. */
  fallbacks: string;
  thinking: "" | Level;
  heartbeat_model: string;
  light_context: "" | "yes" | "no";
  start: string;
  end: string;
  timezone: string;
}

export function choiceOf(read: ModelChoice): Choice {
  const light = read.light_context ?? undefined;
  return {
    model: read.model ?? "",
    fallbacks: read.fallbacks.join(", "),
    thinking: (read.thinking ?? "") as Choice["thinking"],
    heartbeat_model: read.heartbeat_model ?? "",
    light_context: light === undefined ? "" : light ? "yes" : "no",
    start: read.active_hours?.start ?? "",
    end: read.active_hours?.end ?? "",
    timezone: read.active_hours?.timezone ?? "",
  };
}

/** What is to be sent of the fields that were changed, of the form as it is. */
export function updateOf(changed: Partial<Choice>, whole: Choice): ModelChoiceUpdate {
  const update: ModelChoiceUpdate = {};
  if (changed.model !== undefined) update.model = whole.model.trim() || null;
  if (changed.fallbacks !== undefined) update.fallbacks = listOf(whole.fallbacks);
  if (changed.thinking !== undefined) update.thinking = whole.thinking || null;
  if (changed.heartbeat_model !== undefined) update.heartbeat_model = whole.heartbeat_model.trim() || null;
  if (changed.light_context !== undefined) {
    update.light_context = whole.light_context === "" ? null : whole.light_context === "yes";
  }
  if (changed.start !== undefined || changed.end !== undefined || changed.timezone !== undefined) {
    const [start, end, timezone] = [whole.start.trim(), whole.end.trim(), whole.timezone.trim()];
    update.active_hours = start || end ? { start, end, timezone: timezone || null } : null;
  }
  return update;
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
}
