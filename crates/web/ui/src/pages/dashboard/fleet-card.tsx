import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import * as queries from "@/api/queries";
import { t } from "@/i18n/home";
import { Badge } from "@/ui/badge";
import { Card } from "@/ui/page";
import { Failure, SkeletonRows } from "@/ui/states";
import { Time } from "@/ui/time";
import { AgentAvatar } from "../agents/agent-avatar";
import { agentTone, agentWord, isInTrouble } from "../agents/status";
import { connectionTone, connectionWord } from "../gateways/status";

/** Gateways and agents, those in trouble first. */
export function FleetCard() {
  const { data: agents = [], error: agentsError, isPending } = useQuery(queries.agents);
  const { data: gateways = [], error: gatewaysError } = useQuery(queries.gateways);
  const error = agentsError ?? gatewaysError;
  const sorted = agents.toSorted((a, b) => Number(isInTrouble(b)) - Number(isInTrouble(a)));
  return (
    <Card className="flex min-h-0 min-w-0 flex-col overflow-hidden">
      <header className="flex items-center justify-between px-4 py-3">
        <h2 className="text-sm">{t("nav.fleet")}</h2>
        <Link to="/agents" className="rounded text-sm text-accent-text hover:underline">
          {t("dashboard.allAgents")}
        </Link>
      </header>
      <ul className="min-h-0 overflow-y-auto border-t border-line text-sm">
        {gateways.map((gateway) => (
          <li key={gateway.id} className="flex items-center gap-3 border-b border-line px-4 py-2.5 last:border-0">
            <Link
              to="/gateways/$gatewayId"
              params={{ gatewayId: gateway.id }}
              className="min-w-0 flex-1 truncate rounded font-medium hover:text-accent-text"
            >
              {gateway.name}
            </Link>
            {gateway.version && <span className="text-xs text-muted">{gateway.version}</span>}
            <Badge tone={connectionTone(gateway)}>{connectionWord(gateway)}</Badge>
          </li>
        ))}
        {sorted.slice(0, 6).map((agent) => (
          <li key={agent.id} className="flex items-center gap-3 border-b border-line px-4 py-2 last:border-0">
            <AgentAvatar agent={agent} size={22} />
            <Link
              to="/agents/$agentId"
              params={{ agentId: agent.id }}
              className="min-w-0 flex-1 truncate rounded hover:text-accent-text"
            >
              {agent.name}
            </Link>
            {agent.last_seen_at && <Time at={agent.last_seen_at} className="text-xs text-muted" />}
            <Badge tone={agentTone(agent)}>{agentWord(agent)}</Badge>
          </li>
        ))}
        {error && (
          <li>
            <Failure error={error} />
          </li>
        )}
        {!error && isPending && (
          <li className="p-4">
            <SkeletonRows rows={3} />
          </li>
        )}
        {!error && !isPending && agents.length + gateways.length === 0 && (
          <li className="px-4 py-4 text-muted">{t("dashboard.noFleet")}</li>
        )}
      </ul>
    </Card>
  );
}
