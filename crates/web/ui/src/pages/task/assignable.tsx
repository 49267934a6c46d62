import { UserX } from "lucide-react";
import type { Agent } from "@/api/types";
import { t } from "@/i18n";
import type { Option } from "@/ui/choices";
import { AgentAvatar } from "../agents/agent-avatar";
import { agentWord, isInTrouble } from "../agents/status";

/** The agents that tasks are given to: leads and gateway agents hand work out. */
export function workersOf(agents: Agent[]): Agent[] {
  return agents.filter((agent) => !agent.is_board_lead && !agent.is_gateway_main);
}

/** Agents to choose from, as they are called and how they are. */
export function agentOptions(agents: Agent[]): Option[] {
  return agents.map((agent) => ({
    id: agent.id,
    label: agent.name,
    icon: <AgentAvatar agent={agent} size={18} />,
    note: isInTrouble(agent) ? agentWord(agent) : undefined,
  }));
}

/** Who a task can be given to. The id of nobody is empty. */
export function assigneeOptions(agents: Agent[], assigned?: string | null): Option[] {
  const workers = workersOf(agents);
  // Who has it is shown, also where nobody would give it to them now.
  const other = agents.filter(({ id }) => id === assigned && !workers.some((worker) => worker.id === id));
  return [{ id: "", label: t("task.nobody"), icon: <UserX size={14} /> }, ...agentOptions([...other, ...workers])];
}
