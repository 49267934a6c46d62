import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Pencil, Plus, Server, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { remove } from "@/api/actions";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { Gateway } from "@/api/types";
import { t } from "@/i18n";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { type Column, DataTable, ROW_LINK } from "@/ui/data-table";
import { MenuItem } from "@/ui/menu";
import { Page } from "@/ui/page";
import { RowMenu } from "@/ui/row-menu";
import { Empty, Loaded } from "@/ui/states";
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
  const [editing, setEditing] = useState<Gateway | "new" | undefined>(connect && "new");
  const close = () => {
    setEditing(undefined);
    if (connect) void navigate({ search: {}, replace: true });
  };
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
  const create = (
    <Button look="primary" onClick={() => setEditing("new")}>
      <Plus size={15} />
      {t("gateway.connect")}
    </Button>
  );
  return (
    <Page title={t("nav.gateways")} actions={create}>
      <Loaded query={query}>
        {(gateways) => (
          <DataTable
            label={t("nav.gateways")}
            rows={gateways}
            columns={columns}
            sort="name"
            empty={
              <Empty icon={<Server size={20} />} title={t("gateway.emptyTitle")} action={create}>
                {t("gateway.emptyText")}
              </Empty>
            }
            actions={(gateway) => (
              <RowMenu label={t("common.actionsFor", { name: gateway.name })}>
                <MenuItem icon={<Pencil size={14} />} onSelect={() => setEditing(gateway)}>
                  {t("common.edit")}
                </MenuItem>
                <MenuItem icon={<Trash2 size={14} />} danger onSelect={() => void removeGateway(gateway)}>
                  {t("common.delete")}
                </MenuItem>
              </RowMenu>
            )}
          />
        )}
      </Loaded>
      {editing && <GatewayForm gateway={editing === "new" ? undefined : editing} close={close} />}
    </Page>
  );
}
