import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import * as queries from "@/api/queries";
import type { Gateway } from "@/api/types";
import { t } from "@/i18n";
import { Avatar } from "@/ui/avatar";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { MenuItem } from "@/ui/menu";
import { Page, Section } from "@/ui/page";
import { RowMenu } from "@/ui/row-menu";
import { Empty, Loaded } from "@/ui/states";
import { Time } from "@/ui/time";
import { emojiOf, roleOf } from "../agents/profile";
import { agentTone, agentWord } from "../agents/status";
import { GatewayForm } from "../gateways/gateway-form";
import { removeGateway } from "../gateways/page";
import { Health } from "./health";
import { Sessions } from "./sessions";
import { TemplateSync } from "./sync/template-sync";

const route = getRouteApi("/gateways/$gatewayId");

export default function GatewayPage() {
  const { gatewayId } = route.useParams();
  const query = useQuery(queries.gateways);
  return (
    <Loaded query={query}>
      {(gateways) => {
        const gateway = gateways.find(({ id }) => id === gatewayId);
        return gateway ? (
          <GatewayView gateway={gateway} />
        ) : (
          <Empty icon={<Trash2 size={20} />} title={t("gateway.gone")} />
        );
      }}
    </Loaded>
  );
}

function GatewayView({ gateway }: { gateway: Gateway }) {
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const { data: agents = [] } = useQuery(queries.agents);
  const own = agents.filter(({ gateway_id }) => gateway_id === gateway.id);
  return (
    <Page
      title={gateway.name}
      actions={
        <>
          <Button onClick={() => setEditing(true)}>
            <Pencil size={14} />
            {t("common.edit")}
          </Button>
          <RowMenu label={t("common.actionsFor", { name: gateway.name })}>
            <MenuItem
              icon={<Trash2 size={14} />}
              danger
              onSelect={() =>
                void removeGateway(gateway).then((gone) => (gone ? navigate({ to: "/gateways" }) : undefined))
              }
            >
              {t("common.delete")}
            </MenuItem>
          </RowMenu>
        </>
      }
    >
      <div className="mx-auto max-w-5xl">
        <Health gateway={gateway} />
        <Section title={t("nav.agents")}>
          {own.length === 0 ? (
            <p className="text-sm text-muted">{t("gateway.noAgents")}</p>
          ) : (
            <ul className="grid gap-2 sm:grid-cols-2">
              {own.map((agent) => (
                <li
                  key={agent.id}
                  className="relative flex items-center gap-3 rounded-lg border border-line px-3 py-2.5 text-sm hover:border-line-strong"
                >
                  <Avatar name={agent.name} size={26} emoji={emojiOf(agent)} />
                  <span className="min-w-0 flex-1">
                    <Link
                      to="/agents/$agentId"
                      params={{ agentId: agent.id }}
                      className="block truncate font-medium after:absolute after:inset-0"
                    >
                      {agent.name}
                    </Link>
                    <span className="block truncate text-xs text-muted">{roleOf(agent)}</span>
                  </span>
                  {agent.last_seen_at && <Time at={agent.last_seen_at} className="text-xs text-muted" />}
                  <Badge tone={agentTone(agent)}>{agentWord(agent)}</Badge>
                </li>
              ))}
            </ul>
          )}
        </Section>
        <TemplateSync gateway={gateway} />
        <Sessions gateway={gateway} />
      </div>
      {editing && <GatewayForm gateway={gateway} close={() => setEditing(false)} />}
    </Page>
  );
}
