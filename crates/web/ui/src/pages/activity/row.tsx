import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bot, CircleDot, MessageSquare, Server, ShieldCheck, SquareKanban, Zap } from "lucide-react";
import type { ReactNode } from "react";
import * as queries from "@/api/queries";
import type { Activity } from "@/api/types";
import { useAccess } from "@/app/access";
import { useCalled } from "@/app/people";
import { t } from "@/i18n";
import { Avatar } from "@/ui/avatar";
import { plainText } from "@/ui/plain-text";
import { Time, useTimezone } from "@/ui/time";
import { useKnownKey } from "../task/key";
import { type Kind, kindOf } from "./kinds";
import { told } from "./told";

const ICONS: Record<Kind, ReactNode> = {
  task: <CircleDot size={14} />,
  comment: <MessageSquare size={14} />,
  approval: <ShieldCheck size={14} />,
  agent: <Bot size={14} />,
  board: <SquareKanban size={14} />,
  gateway: <Server size={14} />,
  other: <Zap size={14} />,
};

export function ActivityRow({ event }: { event: Activity }) {
  const { isAdmin } = useAccess();
  const { data: agents = [] } = useQuery({ ...queries.agents, enabled: isAdmin });
  const { data: boards = [] } = useQuery(queries.boards);
  const key = useKnownKey(event.board_id, event.task_id);
  const timeZone = useTimezone();
  const doer = useCalled(agents)(event);
  const board = boards.find(({ id }) => id === event.board_id);
  const isComment = kindOf(event) === "comment";
  const said = event.message ?? event.event_type;
  const message = isComment ? plainText(said) : said;
  const change = isComment ? undefined : told(message, timeZone);
  const where = board?.name ?? (doer ? undefined : t("common.organization"));
  return (
    <div className="flex gap-3 py-2 text-sm">
      <span className="mt-0.5 flex size-5 items-center justify-center text-muted">
        {doer ? <Avatar name={doer.name} emoji={doer.emoji} size={20} /> : ICONS[kindOf(event)]}
      </span>
      <div className="min-w-0 flex-1">
        <p dir="auto" className="line-clamp-3 wrap-anywhere">
          {key && <span className="mr-1.5 text-xs text-muted tabular-nums">{key}</span>}
          {doer && isComment && <span className="font-medium">{doer.word}: </span>}
          <Target event={event}>{change ? (change.title ?? change.words.join(", ")) : message}</Target>
        </p>
        <p className="text-xs text-muted wrap-anywhere">
          {isComment && event.task_title && <span className="mr-1 text-fg/85">{event.task_title} ·</span>}
          {change?.title && <span className="mr-1 text-fg/85">{change.words.join(", ")} ·</span>}
          {[isComment ? undefined : doer?.word, where].filter(Boolean).join(" · ")} · <Time at={event.created_at} />
        </p>
      </div>
    </div>
  );
}

/** What happened, as a link to where it happened. */
function Target({ event, children }: { event: Activity; children: string }) {
  const look = "rounded hover:text-accent-text";
  if (event.board_id && event.task_id) {
    return (
      <Link
        to="/boards/$boardId/tasks/$taskId"
        params={{ boardId: event.board_id, taskId: event.task_id }}
        search={{ commentId: event.event_type === "task.comment" ? event.id : undefined }}
        className={look}
      >
        {children}
      </Link>
    );
  }
  if (event.agent_id) {
    return (
      <Link to="/agents/$agentId" params={{ agentId: event.agent_id }} className={look}>
        {children}
      </Link>
    );
  }
  if (event.board_id) {
    return (
      <Link to="/boards/$boardId" params={{ boardId: event.board_id }} className={look}>
        {children}
      </Link>
    );
  }
  return children;
}
