import type { ExecPolicy } from "@/api/types";
import { t } from "@/i18n/rules";
import type { Tone } from "@/ui/badge";

export const EFFECTS = ["allow", "ask", "refuse"] as const;
export type Effect = (typeof EFFECTS)[number];

export const MATCHINGS = ["exact", "prefix", "glob"] as const;
export type Matching = (typeof MATCHINGS)[number];

const TONES: Record<string, Tone> = { allow: "ok", ask: "warn", refuse: "bad" };

export const effectTone = ({ effect, live }: Pick<ExecPolicy, "effect" | "live">): Tone =>
  live ? (TONES[effect] ?? "idle") : "idle";

/** What it does. A newer server may have effects that we do not know. */
export function effectWord(effect: string): string {
  const known = EFFECTS.find((name) => name === effect);
  return known ? t(`execEffect.${known}`) : effect;
}

export function matchingWord(matching: string): string {
  const known = MATCHINGS.find((name) => name === matching);
  return known ? t(`execMatching.${known}`) : matching;
}

/** A pattern for commands like this one: its program and, where it has one, what the program is to do. */
export function beginning(command: string): string {
  const [program = "", verb] = command.trim().split(/\s+/);
  return verb && /^[a-z][a-z0-9:_-]*$/i.test(verb) ? `${program} ${verb}` : program;
}

/** Whether a shell may make more than one command of it; only the exact text of such a one can be allowed. */
export const mayBeSeveral = (command: string) => /[;&|`(){}<>\n\r$'"\\]/.test(command);
