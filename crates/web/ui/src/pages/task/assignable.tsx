import { useQuery } from "@tanstack/react-query";
import { UserX } from "lucide-react";
import type { Team } from "@/api/assignee";
import { byName } from "@/api/names";
import * as queries from "@/api/queries";
import type { Agent } from "@/api/types";
import { t } from "@/i18n";
import { Avatar } from "@/ui/avatar";
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

/** Who a task can be given to: agents and people, oneself first of these. The id of nobody is empty. */
export function useAssigneeOptions({ agents, people }: Team, assigned?: string): Option[] {
  const { data: me } = useQuery(queries.me);
  const workers = workersOf(agents);
  // Who has it is shown, also where nobody would give it to them now.
  const other = agents.filter(({ id }) => id === assigned && !workers.some((worker) => worker.id === id));
  const mine = people.filter(({ id }) => id === me?.id);
  const others = people.filter(({ id }) => id !== me?.id).toSorted(byName);
  return [
    { id: "", label: t("task.nobody"), icon: <UserX size={14} /> },
    ...[...mine, ...others].map(({ id, name }) => ({
      id,
      label: name,
      icon: <Avatar name={name} size={18} />,
      note: id === me?.id ? t("common.you") : t("common.person"),
    })),
    ...agentOptions([...other, ...workers]),
  ];
}
