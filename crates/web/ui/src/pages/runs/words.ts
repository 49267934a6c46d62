import type { Run } from "@/api/types";
import { t } from "@/i18n/more";
import type { Tone } from "@/ui/badge";

const TONES = {
  queued: "idle",
  running: "info",
  waiting_approval: "warn",
  waiting_input: "warn",
  done: "ok",
  error: "bad",
  aborted: "idle",
  stale: "warn",
} satisfies Record<string, Tone>;
type State = keyof typeof TONES;

const VERDICTS = ["progress", "weak", "empty", "neutral"] as const;

/** What came of a turn, once it is known. */
export function verdictWord({ verdict }: Run): string | undefined {
  const known = VERDICTS.find((name) => name === verdict);
  return known ? t(`runVerdict.${known}`) : (verdict ?? undefined);
}

const TRIGGERS = ["heartbeat", "message", "wake", "webhook", "cron", "person", "unknown"] as const;

export const runTone = ({ state }: Run): Tone => TONES[state as State] ?? "idle";

/** How far a turn is. A newer server may have states that we do not know. */
export const runWord = ({ state }: Run): string => (state in TONES ? t(`runState.${state as State}`) : state);

export function triggerWord({ trigger }: Run): string {
  const known = TRIGGERS.find((name) => name === trigger);
  return known ? t(`runTrigger.${known}`) : trigger;
}

export const isOver = ({ state }: Run) => state === "done" || state === "error" || state === "aborted";

/** All tokens of a turn. */
export const tokensOf = (run: Run) =>
  run.input_tokens + run.output_tokens + run.cache_read_tokens + run.cache_write_tokens;

/** Millionths of a US dollar as people read them. */
export function money(micros: number | null | undefined): string | undefined {
  if (micros === null || micros === undefined) return undefined;
  const digits = micros < 10_000 ? 4 : 2;
  return `$${(micros / 1_000_000).toFixed(digits)}`;
}

/** How long it took, or takes until now. */
export function duration(from: string | null | undefined, to: string | null | undefined): string | undefined {
  if (!from) return undefined;
  return lasted((to ? Date.parse(to) : Date.now()) - Date.parse(from));
}

export function lasted(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
