import type { Approval } from "@/api/types";

/** `task.complete` → `Task complete`. */
export function actionName(action: string) {
  const words = action.replace(/[._-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Agents put their reasons into different fields. */
export function reasonOf({ payload }: Approval): string {
  const fields = (payload ?? {}) as Record<string, unknown>;
  const decision = fields.decision as Record<string, unknown> | undefined;
  const found = [fields.reason, decision?.reason, fields.lead_reasoning, fields.description, fields.summary];
  return found.find((value): value is string => typeof value === "string" && value.trim() !== "") ?? "";
}
