import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { type gatewayMessages, repeatMessage } from "@/api/messages";
import * as queries from "@/api/queries";
import { type AgentMessage, MESSAGE_STATES, type MessageState } from "@/api/types";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { Pager } from "@/ui/pager";
import { Receipt } from "@/ui/receipt";
import { Loaded } from "@/ui/states";
import { Segmented } from "@/ui/tabs";
import { Time } from "@/ui/time";
import { toast } from "@/ui/toast";
import { Trouble } from "@/ui/trouble";

const SIZE = 20;

type Read = typeof gatewayMessages;

interface Props {
  /** An agent with how its messages are read, or a gateway. */
  of: { id: string; read: Read };
  /** Says of each to whom it was said. */
  toWhom?: boolean;
}

/** What was said to agents, and how far each message got. */
export function Messages({ of, toWhom }: Props) {
  const [state, setState] = useState<MessageState>();
  const [offset, setOffset] = useState(0);
  const query = useQuery({
    ...of.read(of.id, { state, offset, limit: SIZE }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Segmented
        label={t("agentMessage.state")}
        value={state ?? "all"}
        onChange={(next) => {
          setState(next === "all" ? undefined : next);
          setOffset(0);
        }}
        options={(["all", ...MESSAGE_STATES] as const).map((value) => ({ value, label: t(`receipt.${value}`) }))}
      />
      <div className="mt-3">
        <Loaded query={query}>
          {({ items, total }) =>
            items.length === 0 ? (
              <p className="text-sm text-muted">{t("agentMessage.none")}</p>
            ) : (
              <>
                <ul className="rounded-xl border border-line">
                  {items.map((message) => (
                    <Row key={message.id} message={message} toWhom={toWhom} />
                  ))}
                </ul>
                <Pager offset={offset} size={SIZE} shown={items.length} total={total} go={setOffset} />
              </>
            )
          }
        </Loaded>
      </div>
    </>
  );
}

function Row({ message, toWhom }: { message: AgentMessage; toWhom: boolean | undefined }) {
  const { data: agents = [] } = useQuery(queries.agents);
  const [busy, setBusy] = useState(false);
  const from = agents.find(({ id }) => id === message.from_agent_id)?.name;
  const to = agents.find(({ id }) => id === message.agent_id);
  const again = (gateway_id: string) => {
    setBusy(true);
    repeatMessage(gateway_id, message)
      .then(() => toast.ok(t("agentMessage.repeated")), toast.error)
      .finally(() => setBusy(false));
  };
  const reached = message.seen_at ?? message.sent_at ?? message.failed_at;
  return (
    <li className="border-b border-line px-4 py-3 text-sm last:border-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Receipt state={message.state} />
        <span className="font-medium">{kindName(message.kind)}</span>
        {toWhom && to && (
          <Link to="/agents/$agentId" params={{ agentId: to.id }} className="rounded hover:text-accent-text">
            {t("agentMessage.to", { name: to.name })}
          </Link>
        )}
        {from && <span className="text-muted">{t("agentMessage.from", { name: from })}</span>}
        {message.task_id && message.board_id && (
          <Link
            to="/boards/$boardId/tasks/$taskId"
            params={{ boardId: message.board_id, taskId: message.task_id }}
            className="rounded text-accent-text hover:underline"
          >
            {t("agentMessage.task")}
          </Link>
        )}
        <span className="ml-auto text-xs text-muted">
          <Time at={message.created_at} />
          {reached && (
            <>
              {" → "}
              <Time at={reached} />
            </>
          )}
          {message.attempts > 1 && ` · ${t("delivery.attempts", { count: message.attempts })}`}
        </span>
      </div>
      <details className="mt-1">
        <summary className="cursor-pointer truncate text-muted">{message.text.split("\n")[0]}</summary>
        <p className="mt-1 whitespace-pre-wrap wrap-anywhere">{message.text}</p>
      </details>
      {message.error && <Trouble cause={message.error} remedy={message.remedy} />}
      {to && message.state !== "queued" && (message.state === "failed" || toWhom) && (
        <Button size="sm" className="mt-2" disabled={busy} onClick={() => again(to.gateway_id)}>
          <RotateCcw size={13} />
          {t("agentMessage.again")}
        </Button>
      )}
    </li>
  );
}

const KINDS = [
  "assignment",
  "task",
  "rework",
  "mention",
  "comment",
  "approval",
  "nudge",
  "lead_message",
  "broadcast",
  "ask_user",
  "chat",
  "notice",
  "webhook",
] as const;

/** What a message is about. A newer server may have kinds that we do not know. */
function kindName(kind: string): string {
  const known = KINDS.find((name) => name === kind);
  return known ? t(`messageKind.${known}`) : kind;
}
