import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { gatewayMessages } from "@/api/messages";
import * as queries from "@/api/queries";
import type { Gateway } from "@/api/types";
import { GATEWAY_TABS } from "@/app/search";
import { t } from "@/i18n/admin";
import { Button } from "@/ui/button";
import { MenuItem } from "@/ui/menu";
import { Page } from "@/ui/page";
import { RowMenu } from "@/ui/row-menu";
import { Empty, Loaded } from "@/ui/states";
import { Segmented } from "@/ui/tabs";
import { Messages } from "../agent/messages";
import { AgentTable } from "../agents/table";
import { Commands } from "../commands/list";
import { GatewayForm } from "../gateways/gateway-form";
import { removeGateway } from "../gateways/page";
import { Health } from "./health";
import { Reconcile } from "./reconcile";
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
          <Empty icon={<Trash2 size={20} />} title={t("gatewayTab.gone")} />
        );
      }}
    </Loaded>
  );
}

function GatewayView({ gateway }: { gateway: Gateway }) {
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const { state, tab = "agents" } = route.useSearch();
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
      <div>
        <Health gateway={gateway} />
        <div className="mb-4 max-w-full overflow-x-auto">
          <Segmented
            label={t("gatewayTab.label")}
            value={tab}
            onChange={(next) =>
              void navigate({ from: "/gateways/$gatewayId", search: { tab: next === "agents" ? undefined : next } })
            }
            options={GATEWAY_TABS.map((value) => ({ value, label: t(`gatewayTab.${value}`) }))}
          />
        </div>
        {tab === "agents" && (
          <AgentTable
            agents={own}
            state={state}
            show={(next) =>
              void navigate({ from: "/gateways/$gatewayId", search: (now) => ({ ...now, state: next }), replace: true })
            }
            empty={<p className="text-sm text-muted">{t("gatewayTab.noAgents")}</p>}
          />
        )}
        {tab === "messages" && <Messages toWhom of={{ id: gateway.id, read: gatewayMessages }} />}
        {tab === "commands" && <Commands gateway_id={gateway.id} />}
        {tab === "look" && <Reconcile key={gateway.id} gateway={gateway} />}
        {tab === "files" && <TemplateSync gateway={gateway} />}
        {tab === "sessions" && <Sessions gateway={gateway} agents={own} />}
      </div>
      {editing && <GatewayForm gateway={gateway} close={() => setEditing(false)} />}
    </Page>
  );
}
