import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronRight, RotateCcw } from "lucide-react";
import { attempt } from "@/api/actions";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { WebhookPayload } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Code } from "@/ui/code";
import { Receipt } from "@/ui/receipt";
import { Time } from "@/ui/time";
import { Trouble } from "@/ui/trouble";

/** What was posted once, and how far the agent was told of it. */
export function Payload({ payload }: { payload: WebhookPayload }) {
  const { canWrite } = useAccess();
  const { delivery } = payload;
  const body = typeof payload.payload === "string" ? payload.payload : JSON.stringify(payload.payload, null, 2);
  return (
    <details className="group rounded-lg border border-line bg-surface">
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-sm">
        <ChevronRight size={14} className="text-muted transition-transform group-open:rotate-90" />
        {delivery ? <Receipt state={delivery.state} /> : <Badge>{t("delivery.nobody")}</Badge>}
        <Time at={payload.received_at} className="w-24 shrink-0" />
        <span className="text-muted">{payload.content_type}</span>
        {delivery?.error && <span className="min-w-0 flex-1 truncate text-xs text-bad">{delivery.error}</span>}
        <span className="ml-auto text-xs text-muted">{payload.source_ip}</span>
      </summary>
      <div className="border-t border-line p-4">
        <Delivery payload={payload} />
        {canWrite(payload.board_id) && (
          <Button
            size="sm"
            className="mt-3"
            disabled={delivery?.state === "queued"}
            onClick={() => void redeliver(payload)}
          >
            <RotateCcw size={13} />
            {t("delivery.again")}
          </Button>
        )}
        {payload.headers && (
          <dl className="mt-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 font-mono text-xs">
            {Object.entries(payload.headers).map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-muted">{name}</dt>
                <dd className="truncate">{value}</dd>
              </div>
            ))}
          </dl>
        )}
        <div className="mt-3">
          <Code label={t("jobs.payload")}>{body}</Code>
        </div>
      </div>
    </details>
  );
}

function Delivery({ payload: { delivery } }: { payload: WebhookPayload }) {
  const { isAdmin } = useAccess();
  const { data: agents = [] } = useQuery({ ...queries.agents, enabled: isAdmin });
  if (!delivery) return <p className="text-sm text-muted">{t("delivery.nobodyText")}</p>;
  const agent = agents.find(({ id }) => id === delivery.agent_id);
  const steps = [
    ["receipt.sent", delivery.sent_at],
    ["receipt.seen", delivery.seen_at],
    ["receipt.failed", delivery.failed_at],
  ] as const;
  return (
    <>
      <p className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted">
        {agent && (
          <span>
            {t("delivery.to")}{" "}
            <Link
              to="/agents/$agentId"
              params={{ agentId: agent.id }}
              className="rounded text-accent-text hover:underline"
            >
              {agent.name}
            </Link>
          </span>
        )}
        <span>{t("delivery.attempts", { count: delivery.attempts })}</span>
        {steps.map(
          ([label, at]) =>
            at && (
              <span key={label}>
                {t(label)} <Time at={at} />
              </span>
            ),
        )}
      </p>
      {delivery.error && <Trouble cause={delivery.error} remedy={delivery.remedy} />}
    </>
  );
}

function redeliver({ board_id, webhook_id, id: payload_id }: WebhookPayload) {
  return attempt(
    () =>
      answer(
        api.POST("/api/v1/boards/{board_id}/webhooks/{webhook_id}/payloads/{payload_id}/redeliver", {
          params: { path: { board_id, webhook_id, payload_id } },
        }),
      ),
    t("delivery.queued"),
    [["board", board_id, "webhooks"]],
  );
}
