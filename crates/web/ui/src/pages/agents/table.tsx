import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RefreshCw, Trash2 } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import * as queries from "@/api/queries";
import { AGENT_STATES, type Agent, type AgentState } from "@/api/types";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Chips } from "@/ui/chips";
import { type Column, DataTable, ROW_LINK } from "@/ui/data-table";
import { MenuItem } from "@/ui/menu";
import { RowMenu } from "@/ui/row-menu";
import { Time } from "@/ui/time";
import { act, removeAgent } from "./actions";
import { AgentAvatar } from "./agent-avatar";
import { roleOf } from "./profile";
import { agentTone, agentWord, stateTone } from "./status";

interface Props {
  agents: Agent[];
  /** Only those in this state are shown. */
  state: AgentState | undefined;
  show(state: AgentState | undefined): void;
  /** They belong to several gateways. */
  gateways?: boolean;
  empty: ReactNode;
}

/** Agents with their states: how many are in which, and those of one state alone. */
export function AgentTable({ agents, state, show, gateways: severalGateways, empty }: Props) {
  const { data: boards = [] } = useQuery(queries.boards);
  const { data: gateways = [] } = useQuery(queries.gateways);
  const columns = useMemo<Column<Agent>[]>(
    () => [
      {
        id: "name",
        header: t("common.name"),
        value: (agent) => agent.name,
        cell: (agent) => (
          <span className="flex items-center gap-2.5">
            <AgentAvatar agent={agent} size={26} />
            <span className="min-w-0">
              <Link to="/agents/$agentId" params={{ agentId: agent.id }} className={ROW_LINK}>
                {agent.name}
              </Link>
              <span className="block truncate text-xs text-muted">{roleOf(agent)}</span>
            </span>
          </span>
        ),
      },
      {
        id: "status",
        header: t("agent.state"),
        value: (agent) => agentWord(agent),
        cell: (agent) => (
          <>
            <Badge tone={agentTone(agent)}>{agentWord(agent)}</Badge>
            {agent.cause && <p className="mt-0.5 line-clamp-1 max-w-xs text-xs text-bad">{agent.cause}</p>}
          </>
        ),
      },
      {
        id: "board",
        header: t("agent.board"),
        wide: true,
        value: (agent) => boards.find(({ id }) => id === agent.board_id)?.name ?? "",
      },
      ...(severalGateways
        ? [
            {
              id: "gateway",
              header: t("boards.gateway"),
              wide: true,
              value: (agent: Agent) => gateways.find(({ id }) => id === agent.gateway_id)?.name ?? "",
            },
          ]
        : []),
      {
        id: "seen",
        header: t("agent.lastSeen"),
        value: (agent) => agent.last_seen_at ?? "",
        cell: (agent) =>
          agent.last_seen_at ? (
            <Time at={agent.last_seen_at} className="whitespace-nowrap text-muted" />
          ) : (
            <span className="text-muted">{t("agent.never")}</span>
          ),
      },
    ],
    [boards, gateways, severalGateways],
  );
  const counts = Map.groupBy(agents, (agent) => agent.state);
  const present = AGENT_STATES.filter((name) => counts.has(name) || name === state);
  return (
    <DataTable
      label={t("nav.agents")}
      rows={state ? agents.filter((agent) => agent.state === state) : agents}
      columns={columns}
      sort="name"
      tools={
        (present.length > 1 || state) && (
          <Chips
            label={t("agent.state")}
            value={state}
            onChange={show}
            chips={present.map((name) => ({
              value: name,
              label: t(`agentStatus.${name}`),
              count: counts.get(name)?.length ?? 0,
              tone: stateTone(name),
            }))}
          />
        )
      }
      empty={agents.length === 0 && empty}
      actions={(agent) => (
        <RowMenu label={t("common.actionsFor", { name: agent.name })}>
          <MenuItem icon={<RefreshCw size={14} />} onSelect={() => void act(agent, "reprovision")}>
            {t("agentAction.reprovision")}
          </MenuItem>
          <MenuItem
            icon={<Trash2 size={14} />}
            danger
            disabled={agent.is_gateway_main}
            onSelect={() => void removeAgent(agent)}
          >
            {t("common.delete")}
          </MenuItem>
        </RowMenu>
      )}
    />
  );
}
