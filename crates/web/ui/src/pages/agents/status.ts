import type { Agent, AgentState } from "@/api/types";
import { t } from "@/i18n";
import type { Tone } from "@/ui/badge";

const TONES: Record<AgentState, Tone> = {
  online: "ok",
  ready: "ok",
  waking: "info",
  provisioning: "warn",
  updating: "warn",
  deleting: "warn",
  offline: "bad",
  failed: "bad",
  paused: "idle",
};

/** The colour of a state. */
export function stateTone(state: AgentState): Tone {
  return TONES[state];
}

/** The colour of how an agent is. */
export function agentTone(agent: Agent): Tone {
  return isInTrouble(agent) ? "bad" : (TONES[agent.state as AgentState] ?? "idle");
}

/** An agent's state in a word. Agents that are there may have a word of their own. */
export function agentWord({ state, status }: Agent): string {
  const own = state === "online" && status !== "online";
  return own ? status : t(`agentStatus.${state as AgentState}`);
}

/** Whether somebody should look after it. */
export function isInTrouble({ state, cause }: Agent): boolean {
  const stuck = (state === "provisioning" || state === "updating") && Boolean(cause);
  return state === "offline" || state === "failed" || stuck;
}
