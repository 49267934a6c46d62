import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import * as queries from "@/api/queries";
import type { Agent, Gateway } from "@/api/types";
import { t } from "@/i18n/more";
import { SearchField } from "@/ui/field";
import { Loaded } from "@/ui/states";
import { useGatewayStatus } from "./health";
import { SessionList, toSession } from "./session-list";

const route = getRouteApi("/gateways/$gatewayId");
/** Sessions of a page. */
const SIZE = 50;

/** The sessions of a gateway, with the agents that they belong to. */
export function Sessions({ gateway, agents }: { gateway: Gateway; agents: Agent[] }) {
  const { session } = route.useSearch();
  const navigate = route.useNavigate();
  const status = useGatewayStatus(gateway);
  const { data: boards = [] } = useQuery(queries.boards);
  const [words, setWords] = useState("");
  const [shown, setShown] = useState(SIZE);
  const all = useMemo(
    () => (status.data?.sessions ?? []).flatMap((entry) => toSession(entry, agents)),
    [status.data, agents],
  );
  const sought = words.toLowerCase();
  const found = all.filter(({ key, label, agent }) =>
    [key, label, agent?.name ?? ""].some((name) => name.toLowerCase().includes(sought)),
  );
  return (
    <section aria-label={t("session.all")}>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField
          className="!w-64 max-sm:!w-full"
          label={t("common.searchIn", { list: t("session.all") })}
          placeholder={t("common.search")}
          value={words}
          onChange={(text) => {
            setWords(text);
            setShown(SIZE);
          }}
        />
        <span role="status" className="ml-auto text-xs text-muted tabular-nums">
          {t("common.rows", { count: found.length })}
        </span>
      </div>
      <Loaded query={status}>
        {() => (
          <SessionList
            sessions={found.slice(0, shown)}
            board_id={boards.find((board) => board.gateway_id === gateway.id)?.id}
            chosen={session}
            choose={(key) => void navigate({ search: (now) => ({ ...now, session: key }), replace: true })}
            more={found.length > shown ? () => setShown(shown + SIZE) : undefined}
          />
        )}
      </Loaded>
    </section>
  );
}
