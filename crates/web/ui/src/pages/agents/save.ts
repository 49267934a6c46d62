import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import type { Agent, AgentUpdate } from "@/api/types";
import { changeSeen } from "@/api/versions";

/** Changes these settings of an agent, unless somebody else has changed the same meanwhile: then those are shown. */
export function saveAgent(agent: Agent, body: AgentUpdate): Promise<Agent> {
  const path = { agent_id: agent.id };
  return changeSeen<Agent>({
    seen: agent,
    touched: (thing) => Object.keys(body).map((field) => thing[field as keyof Agent] ?? null),
    send: (header) => answer(api.PATCH("/api/v1/agents/{agent_id}", { params: { path, header }, body })),
    read: () => answer(api.GET("/api/v1/agents/{agent_id}", { params: { path } })),
    refused: () => reread(["agents"]),
  });
}
