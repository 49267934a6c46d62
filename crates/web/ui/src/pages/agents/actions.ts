import { remove } from "@/api/actions";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import { queryClient } from "@/api/query-client";
import type { Agent, AgentState } from "@/api/types";
import { t } from "@/i18n/more";
import { toast } from "@/ui/toast";

export function removeAgent(agent: Agent) {
  return remove({
    title: t("agent.deleteTitle", { name: agent.name }),
    text: t("agent.deleteText"),
    keys: [["agents"]],
    run: () => answer(api.DELETE("/api/v1/agents/{agent_id}", { params: { path: { agent_id: agent.id } } })),
  });
}

export type AgentAction = "wake" | "pause" | "resume" | "reprovision";

/** What can be done with an agent in a state, what helps first. */
const POSSIBLE: Record<AgentState, AgentAction[]> = {
  online: ["wake", "reprovision", "pause"],
  ready: ["wake", "reprovision", "pause"],
  waking: ["wake", "reprovision", "pause"],
  offline: ["wake", "reprovision", "pause"],
  failed: ["reprovision", "wake", "pause"],
  provisioning: ["reprovision", "pause"],
  updating: ["reprovision", "pause"],
  paused: ["resume", "reprovision"],
  deleting: [],
};

export function possibleFor({ state, remedy }: Agent): AgentAction[] {
  const possible = POSSIBLE[state as AgentState] ?? [];
  const words = remedy?.toLowerCase() ?? "";
  // What the server advises comes first.
  return possible.toSorted((a, b) => Number(words.includes(b)) - Number(words.includes(a)));
}

const PATHS = {
  wake: "/api/v1/agents/{agent_id}/wake",
  pause: "/api/v1/agents/{agent_id}/pause",
  resume: "/api/v1/agents/{agent_id}/resume",
  reprovision: "/api/v1/agents/{agent_id}/reprovision",
} as const;

/** Does something with an agent. It may go on after the answer; then the event stream tells of it. */
export async function act(agent: Agent, action: AgentAction, query: { overwrite?: boolean } = {}) {
  try {
    const now = await answer(api.POST(PATHS[action], { params: { path: { agent_id: agent.id }, query } }));
    queryClient.setQueryData<Agent>(["agent", agent.id], (known) => known && { ...known, ...now });
    toast.ok(t(`agentDone.${action}`, { name: agent.name }));
  } catch (error) {
    toast.error(error);
  } finally {
    reread(["agents"]);
    reread(["agent", agent.id]);
  }
}
