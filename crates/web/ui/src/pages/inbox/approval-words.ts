import type { Approval } from "@/api/types";

/** `task.complete` → `Task complete`. */
export function actionName(action: string) {
  const words = action.replace(/[._-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the approval is called: after the task that it is about, or else after the step. */
export function nameOf({ task_titles, action_type }: Approval): string {
  return task_titles[0] ?? actionName(action_type);
}

/** Agents put their reasons into different fields. */
export function reasonOf({ payload }: Approval): string {
  const fields = (payload ?? {}) as Record<string, unknown>;
  const decision = fields.decision as Record<string, unknown> | undefined;
  const found = [fields.reason, decision?.reason, fields.lead_reasoning, fields.description, fields.summary];
  return found.find((value): value is string => typeof value === "string" && value.trim() !== "") ?? "";
}
