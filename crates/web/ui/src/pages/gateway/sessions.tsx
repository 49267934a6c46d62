import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import * as queries from "@/api/queries";
import type { Gateway } from "@/api/types";
import { t } from "@/i18n/more";
import { Section } from "@/ui/page";
import { Skeleton } from "@/ui/states";
import { useGatewayStatus } from "./health";
import { SessionList } from "./session-list";

const route = getRouteApi("/gateways/$gatewayId");

/** The sessions of a gateway. */
export function Sessions({ gateway }: { gateway: Gateway }) {
  const { session } = route.useSearch();
  const navigate = route.useNavigate();
  const status = useGatewayStatus(gateway);
  const { data: boards = [] } = useQuery(queries.boards);
  return (
    <Section title={t("session.all")}>
      {status.isPending && <Skeleton className="h-24" />}
      {status.data && (
        <SessionList
          sessions={status.data.sessions ?? []}
          board_id={boards.find((board) => board.gateway_id === gateway.id)?.id}
          chosen={session}
          choose={(key) => void navigate({ search: { session: key }, replace: true })}
        />
      )}
    </Section>
  );
}
