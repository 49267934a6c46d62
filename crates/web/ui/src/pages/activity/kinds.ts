import type { Activity } from "@/api/types";

/** Check-ins and delivered messages say that all is well; they would drown everything else. */
export function isNoise({ event_type }: Activity): boolean {
  return event_type.endsWith("heartbeat") || event_type.endsWith("notified") || event_type.startsWith("agent.wakeup");
}

export const KINDS = ["task", "comment", "approval", "agent", "board", "gateway", "other"] as const;
export type Kind = (typeof KINDS)[number];

export function kindOf({ event_type }: Activity): Kind {
  if (event_type === "task.comment") return "comment";
  const first = event_type.split(".")[0] as Kind;
  return KINDS.includes(first) ? first : "other";
}
