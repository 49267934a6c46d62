import type { Agent } from "@/api/types";

/** The agents that tasks are given to: leads and gateway agents hand work out. */
export function workersOf(agents: Agent[]): Agent[] {
  return agents.filter((agent) => !agent.is_board_lead && !agent.is_gateway_main);
}
