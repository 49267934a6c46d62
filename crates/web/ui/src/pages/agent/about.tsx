import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, Suspense, useState } from "react";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { Agent } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { lazily } from "@/ui/lazily";
import { Time } from "@/ui/time";
import { everyOf, roleOf } from "../agents/profile";
import Used from "../usage/used";

const ModelsDialog = lazily(() => import("../models/agent-models"));

export function About({ agent }: { agent: Agent }) {
  const { canWrite, isAdmin } = useAccess();
  const [choosing, setChoosing] = useState(false);
  const params = { path: { agent_id: agent.id } };
  const { data: models } = useQuery({
    queryKey: ["agent", agent.id, "models"],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/agents/{agent_id}/models", { params, signal })),
    enabled: isAdmin,
  });
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
    [
      t("runs.model"),
      models && (
        <ModelOf
          key="model"
          name={models.in_effect.model}
          change={() => setChoosing(true)}
          may={!agent.board_id || canWrite(agent.board_id)}
        />
      ),
    ],
    [t("agent.every"), everyOf(agent)],
    [t("nav.usage"), <Used key="used" filter={{ agent_id: agent.id }} days={30} />],
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
      {choosing && models && (
        <Suspense>
          <ModelsDialog agent={agent} models={models} close={() => setChoosing(false)} />
        </Suspense>
      )}
    </aside>
  );
}

/** The model that holds for the agent, which opens all that is chosen of it. */
function ModelOf({ name, change, may }: { name?: string | null; change(): void; may: boolean }) {
  const text = name ?? t("runs.modelOfGateway");
  if (!may) return <span>{text}</span>;
  return (
    <button type="button" className="max-w-full truncate rounded text-accent-text hover:underline" onClick={change}>
      {text}
    </button>
  );
}
