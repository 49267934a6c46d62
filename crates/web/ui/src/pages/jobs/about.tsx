import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bot, Server, SquareKanban } from "lucide-react";
import * as queries from "@/api/queries";
import type { Job } from "@/api/types";

const LINK =
  "relative z-10 inline-flex min-h-[24px] min-w-0 items-center gap-1 rounded hover:text-accent-text hover:underline";

/** What a job is about, as links. What is gone is not named. */
export function About({ job }: { job: Job }) {
  const { data: agents = [] } = useQuery(queries.agents);
  const { data: boards = [] } = useQuery(queries.boards);
  const { data: gateways = [] } = useQuery(queries.gateways);
  const agent = agents.find(({ id }) => id === job.agent_id);
  const board = boards.find(({ id }) => id === job.board_id);
  const gateway = gateways.find(({ id }) => id === job.gateway_id);
  return (
    <span className="flex min-w-0 flex-wrap gap-x-3">
      {agent && (
        <Link to="/agents/$agentId" params={{ agentId: agent.id }} className={LINK}>
          <Bot size={12} className="shrink-0" />
          <span className="truncate">{agent.name}</span>
        </Link>
      )}
      {board && (
        <Link to="/boards/$boardId" params={{ boardId: board.id }} className={LINK}>
          <SquareKanban size={12} className="shrink-0" />
          <span className="truncate">{board.name}</span>
        </Link>
      )}
      {gateway && (
        <Link to="/gateways/$gatewayId" params={{ gatewayId: gateway.id }} className={LINK}>
          <Server size={12} className="shrink-0" />
          <span className="truncate">{gateway.name}</span>
        </Link>
      )}
    </span>
  );
}
