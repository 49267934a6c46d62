import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bot, Plus, RefreshCw, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import * as queries from "@/api/queries";
import type { Agent } from "@/api/types";
import { t } from "@/i18n/more";
import { Avatar } from "@/ui/avatar";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { type Column, DataTable, ROW_LINK } from "@/ui/data-table";
import { MenuItem } from "@/ui/menu";
import { Page } from "@/ui/page";
import { RowMenu } from "@/ui/row-menu";
import { Empty, Loaded } from "@/ui/states";
import { Time } from "@/ui/time";
import { act, removeAgent } from "./actions";
import { AgentForm } from "./agent-form";
import { emojiOf, roleOf } from "./profile";
import { agentTone, agentWord } from "./status";

export default function AgentsPage() {
  const query = useQuery(queries.agents);
  const { data: boards = [] } = useQuery(queries.boards);
  const { data: gateways = [] } = useQuery(queries.gateways);
  const [adding, setAdding] = useState(false);
  const columns = useMemo<Column<Agent>[]>(
    () => [
      {
        id: "name",
        header: t("common.name"),
        value: (agent) => agent.name,
        cell: (agent) => (
          <span className="flex items-center gap-2.5">
            <Avatar name={agent.name} size={24} emoji={emojiOf(agent)} />
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
      {
        id: "gateway",
        header: t("boards.gateway"),
        wide: true,
        value: (agent) => gateways.find(({ id }) => id === agent.gateway_id)?.name ?? "",
      },
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
    [boards, gateways],
  );
  const create = (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus size={15} />
      {t("agent.new")}
    </Button>
  );
  return (
    <Page title={t("nav.agents")} actions={create}>
      <Loaded query={query}>
        {(agents) => (
          <DataTable
            label={t("nav.agents")}
            rows={agents}
            columns={columns}
            sort="name"
            empty={
              <Empty icon={<Bot size={20} />} title={t("agent.emptyTitle")} action={create}>
                {t("agent.emptyText")}
              </Empty>
            }
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
        )}
      </Loaded>
      {adding && <AgentForm close={() => setAdding(false)} />}
    </Page>
  );
}
