import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Agent } from "@/api/types";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Button, buttonClass } from "@/ui/button";
import { Card } from "@/ui/page";
import { Time } from "@/ui/time";
import { Trouble } from "@/ui/trouble";
import { possibleFor } from "../agents/actions";
import { everyOf } from "../agents/profile";
import { agentTone, agentWord, isInTrouble } from "../agents/status";
import { useAction } from "./use-action";

/** How the agent is, why, and what helps. */
export function State({ agent }: { agent: Agent }) {
  const { busy, run } = useAction(agent);
  const helps = possibleFor(agent).filter((action) => action !== "pause");
  const buttons = helps.map((action, place) => (
    <Button
      key={action}
      size="sm"
      look={place === 0 ? "primary" : "secondary"}
      disabled={busy !== undefined}
      onClick={() => run(action)}
    >
      {busy === action ? t("common.busy") : t(`agentAction.${action}`)}
    </Button>
  ));
  return (
    <Card className="mb-6 p-4">
      <dl className="flex flex-wrap items-center gap-x-6 gap-y-2 text-sm">
        <div>
          <dt className="sr-only">{t("agent.state")}</dt>
          <dd className="flex items-center gap-2">
            <Badge tone={agentTone(agent)}>{agentWord(agent)}</Badge>
            {agent.since && (
              <span className="text-xs text-muted">
                {t("agentState.since")} <Time at={agent.since} />
              </span>
            )}
          </dd>
        </div>
        <Fact label={t("agent.lastSeen")}>
          {agent.last_seen_at ? <Time at={agent.last_seen_at} /> : t("agent.never")}
        </Fact>
        {agent.next_heartbeat_at && (
          <Fact label={t("agent.next")}>
            <Time at={agent.next_heartbeat_at} />
          </Fact>
        )}
        {/* Its own interval is among the facts beside this. */}
        {agent.heartbeat_every !== everyOf(agent) && (
          <Fact label={t("agentState.pace")}>{agent.heartbeat_every ?? t("agentState.noHeartbeat")}</Fact>
        )}
        {agent.wake_attempts > 0 && <Fact label={t("agentState.wakes", { count: agent.wake_attempts })} />}
      </dl>
      {agent.cause ? (
        <Trouble cause={agent.cause} remedy={agent.remedy}>
          {isInTrouble(agent) && buttons}
          {agent.remedy?.includes("gateway") && (
            <Link
              to="/gateways/$gatewayId"
              params={{ gatewayId: agent.gateway_id }}
              className={buttonClass({ size: "sm" })}
            >
              {t("agentState.gateway")}
            </Link>
          )}
        </Trouble>
      ) : (
        agent.state === "paused" && (
          <div className="mt-3 text-sm">
            <p className="mb-2 text-muted">{t("agentState.paused")}</p>
            {buttons[0]}
          </div>
        )
      )}
    </Card>
  );
}

function Fact({ label, children }: { label: string; children?: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
