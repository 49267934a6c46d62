import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import * as queries from "@/api/queries";
import type { Agent } from "@/api/types";
import { t } from "@/i18n";
import { Time } from "@/ui/time";
import { everyOf, roleOf } from "../agents/profile";

export function About({ agent }: { agent: Agent }) {
  const { data: boards = [] } = useQuery(queries.boards);
  const { data: gateways = [] } = useQuery(queries.gateways);
  const board = boards.find(({ id }) => id === agent.board_id);
  const gateway = gateways.find(({ id }) => id === agent.gateway_id);
  const rows: [string, ReactNode][] = [
    [t("agent.role"), roleOf(agent)],
    [
      t("agent.board"),
      board && (
        <Link to="/boards/$boardId" params={{ boardId: board.id }} className="rounded text-accent-text hover:underline">
          {board.name}
        </Link>
      ),
    ],
    [
      t("boards.gateway"),
      gateway && (
        <Link
          to="/gateways/$gatewayId"
          params={{ gatewayId: gateway.id }}
          className="rounded text-accent-text hover:underline"
        >
          {gateway.name}
        </Link>
      ),
    ],
    [t("agent.every"), everyOf(agent)],
    [t("common.created"), <Time key="created" at={agent.created_at} />],
    [t("common.updated"), <Time key="updated" at={agent.updated_at} />],
  ];
  return (
    <aside aria-label={t("task.properties")}>
      <dl className="flex flex-col gap-2.5 text-sm">
        {rows.map(
          ([label, value]) =>
            value && (
              <div key={label} className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-2">
                <dt className="text-muted">{label}</dt>
                <dd className="truncate">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </aside>
  );
}
