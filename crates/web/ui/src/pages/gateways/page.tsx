import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Server } from "lucide-react";
import { useMemo } from "react";
import { remove } from "@/api/actions";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { Gateway } from "@/api/types";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { type Column, ROW_LINK } from "@/ui/data-table";
import { ListPage } from "@/ui/list-page";
import { Time } from "@/ui/time";
import { GatewayForm } from "./gateway-form";
import { connectionTone, connectionWord } from "./status";

const route = getRouteApi("/gateways");

export function removeGateway(gateway: Gateway) {
  return remove({
    title: t("gateway.deleteTitle", { name: gateway.name }),
    text: t("gateway.deleteText"),
    typed: gateway.name,
    keys: [["gateways"], ["agents"], ["boards"]],
    run: () => answer(api.DELETE("/api/v1/gateways/{gateway_id}", { params: { path: { gateway_id: gateway.id } } })),
  });
}

export default function GatewaysPage() {
  const query = useQuery(queries.gateways);
  const { connect } = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useMemo<Column<Gateway>[]>(
    () => [
      {
        id: "name",
        header: t("common.name"),
        value: (gateway) => gateway.name,
        cell: (gateway) => (
          <>
            <Link to="/gateways/$gatewayId" params={{ gatewayId: gateway.id }} className={ROW_LINK}>
              {gateway.name}
            </Link>
            <p className="truncate font-mono text-xs text-muted">{gateway.url}</p>
          </>
        ),
      },
      {
        id: "connection",
        header: t("gateway.connection"),
        value: (gateway) => connectionWord(gateway),
        cell: (gateway) => (
          <>
            <Badge tone={connectionTone(gateway)}>{connectionWord(gateway)}</Badge>
            {gateway.connection_error && (
              <p className="mt-0.5 line-clamp-1 max-w-sm text-xs text-bad">{gateway.connection_error}</p>
            )}
          </>
        ),
      },
      { id: "version", header: t("gateway.version"), wide: true, value: (gateway) => gateway.version ?? "" },
      {
        id: "seen",
        header: t("gateway.lastConnected"),
        wide: true,
        value: (gateway) => gateway.last_connected_at ?? "",
        cell: (gateway) => gateway.last_connected_at && <Time at={gateway.last_connected_at} className="text-muted" />,
      },
    ],
    [],
  );
  return (
    <ListPage
      title={t("nav.gateways")}
      query={query}
      columns={columns}
      sort="name"
      add={t("gateway.connect")}
      adding={connect}
      empty={{ icon: <Server size={20} />, title: t("gateway.emptyTitle"), text: t("gateway.emptyText") }}
      nameOf={(gateway) => gateway.name}
      remove={(gateway) => void removeGateway(gateway)}
      form={(gateway, close) => (
        <GatewayForm
          gateway={gateway}
          close={() => {
            close();
            if (connect) void navigate({ search: {}, replace: true });
          }}
        />
      )}
    />
  );
}
