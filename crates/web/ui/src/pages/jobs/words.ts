import type { Job, JobState } from "@/api/types";
import { t } from "@/i18n/more";
import type { Tone } from "@/ui/badge";

export const KINDS = [
  "agent.provision",
  "agent.wake",
  "agent.check_in",
  "agent.message",
  "agent.receipt",
  "agent.write_soul",
  "agent.delete",
  "webhook.deliver",
  "board.delete",
  "gateway.sync_templates",
  "gateway.write_config",
  "gateway.set_skill",
  "gateway.reconcile",
  "gateway.delete",
  "skill_pack.sync",
  "run.abort",
  "run.steer",
  "agents.stop",
  "budget.settle",
  "budgets.sweep",
  "runs.judge",
  "tasks.stale",
  "exec_approval.resolve",
  "organization.delete",
  "user.delete",
] as const;
type Kind = (typeof KINDS)[number];

/** What jobs of this kind do. A newer server may have kinds that we do not know. */
export function kindName(kind: string): string {
  return KINDS.includes(kind as Kind) ? t(`jobKind.${kind.replace(".", "_")}` as "jobKind.agent_wake") : kind;
}

const TONES: Record<JobState, Tone> = {
  queued: "idle",
  running: "info",
  succeeded: "ok",
  dead: "bad",
  cancelled: "idle",
};

/** The colour of a job's state: one that is tried again after a failure deserves attention. */
export function jobTone({ state, last_error }: Job): Tone {
  if (state === "queued" && last_error) return "warn";
  return TONES[state as JobState] ?? "idle";
}

export function jobWord({ state, cancel_requested_at, last_error }: Job): string {
  if (state === "running" && cancel_requested_at) return t("jobs.stopping");
  if (state === "queued" && last_error) return t("jobs.again");
  return t(`jobState.${state as JobState}`);
}

export const canRetry = ({ state }: Job) => state === "dead" || state === "cancelled";
export const canCancel = ({ state, cancel_requested_at }: Job) =>
  state === "queued" || (state === "running" && !cancel_requested_at);
