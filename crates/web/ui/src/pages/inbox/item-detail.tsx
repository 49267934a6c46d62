import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import * as queries from "@/api/queries";
import type { Agent, Approval, CommentItem, MyTask } from "@/api/types";
import { useCalled } from "@/app/people";
import { t } from "@/i18n/home";
import { Badge } from "@/ui/badge";
import { buttonClass } from "@/ui/button";
import { Markdown } from "@/ui/markdown";
import { Skeleton } from "@/ui/states";
import { Time } from "@/ui/time";
import { agentTone, agentWord } from "../agents/status";
import { statusIcon, statusName } from "../task/words";
import { ApprovalCard } from "./approval-card";
import { actionName, nameOf } from "./approval-words";
import type { InboxItem } from "./items";
import { markSeen, seenMark } from "./marks";

export function ItemDetail({ item }: { item: InboxItem }) {
  switch (item.kind) {
    case "approval":
      return <ApprovalDetail approval={item.approval} />;
    case "mention":
      return <MentionDetail comment={item.comment} />;
    case "task":
      return <TaskDetail task={item.task} />;
    case "agent":
      return <AgentDetail agent={item.agent} />;
  }
}

/** The request with everything it is about, so that nobody has to look elsewhere before deciding. */
function ApprovalDetail({ approval }: { approval: Approval }) {
  const { data: board } = useQuery(queries.boardSnapshot(approval.board_id));
  const tasks = board?.tasks.filter(({ id }) => approval.task_ids.includes(id)) ?? [];
  return (
    <Frame title={nameOf(approval)} above={board?.board.name ?? "…"}>
      <ApprovalCard approval={approval} agents={board?.agents ?? []} canDecide={false} />
      <Rubric scores={approval.rubric_scores} />
      {!board && <Skeleton className="mt-6 h-24" />}
      {tasks.map((task) => (
        <section key={task.id} className="mt-6 rounded-xl border border-line">
          <Link
            to="/boards/$boardId/tasks/$taskId"
            params={{ boardId: approval.board_id, taskId: task.id }}
            className="flex items-center gap-2 border-b border-line px-4 py-2.5 text-sm font-medium hover:text-accent-text"
          >
            {statusIcon(task.status)}
            <span className="text-xs font-normal text-muted tabular-nums">{task.key}</span>
            <span className="min-w-0 flex-1 truncate">{task.title}</span>
            <span className="text-xs text-muted">{statusName(task.status)}</span>
          </Link>
          <div className="px-4 py-3 text-sm">
            {task.description ? (
              <Markdown text={task.description} />
            ) : (
              <p className="text-muted">{t("task.noDescription")}</p>
            )}
            <Said board_id={approval.board_id} task_id={task.id} agents={board?.agents ?? []} />
          </div>
        </section>
      ))}
    </Frame>
  );
}

/** The last words of the agents about the task. */
function Said({ board_id, task_id, agents }: { board_id: string; task_id: string; agents: Agent[] }) {
  const { data = [] } = useQuery(queries.comments(board_id, task_id));
  const called = useCalled(agents);
  const last = data.toSorted((a, b) => a.created_at.localeCompare(b.created_at)).slice(-3);
  if (last.length === 0) return null;
  return (
    <ul className="mt-3 flex flex-col gap-2 border-t border-line pt-3">
      {last.map((said) => (
        <li key={said.id}>
          <p className="text-xs text-muted">
            {called(said)?.word ?? t("common.person")} · <Time at={said.created_at} />
          </p>
          <Markdown text={said.message ?? ""} />
        </li>
      ))}
    </ul>
  );
}

/** Scores of a rubric, each by itself: they are points, not shares of a whole. */
function Rubric({ scores }: { scores: Approval["rubric_scores"] }) {
  const entries = Object.entries((scores ?? {}) as Record<string, unknown>).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  if (entries.length === 0) return null;
  const top = Math.max(100, ...entries.map(([, score]) => score));
  return (
    <section className="mt-5">
      <h3 className="mb-2 text-sm">{t("approval.rubric")}</h3>
      <dl className="flex max-w-md flex-col gap-1.5 text-sm">
        {entries.map(([name, score]) => (
          <div key={name} className="grid grid-cols-[9rem_minmax(0,1fr)_2.5rem] items-center gap-3">
            <dt className="truncate text-muted">{actionName(name)}</dt>
            <dd aria-hidden className="h-1.5 overflow-hidden rounded-full bg-hover">
              <div className="h-full rounded-full bg-accent" style={{ width: `${(score / top) * 100}%` }} />
            </dd>
            <dd className="text-right tabular-nums">{score}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function MentionDetail({ comment }: { comment: CommentItem }) {
  return (
    <Frame title={comment.task_title} above={comment.board_name}>
      <p className="mb-2 text-sm text-muted">
        {t("inbox.mentionedBy", { name: comment.agent_name ?? comment.user_name ?? t("common.person") })} ·{" "}
        <Time at={comment.created_at} />
      </p>
      <Markdown text={comment.message ?? ""} />
      <Link
        to="/boards/$boardId/tasks/$taskId"
        params={{ boardId: comment.board_id, taskId: comment.task_id }}
        search={{ commentId: comment.id }}
        className={buttonClass({}, "mt-4")}
      >
        {t("inbox.reply")}
      </Link>
    </Frame>
  );
}

function TaskDetail({ task }: { task: MyTask }) {
  const { data: boards = [] } = useQuery(queries.boards);
  const at = task.assigned_at ?? task.updated_at;
  // Looked at: it is no news any more, and stays until it is done or given to somebody else.
  useEffect(() => void markSeen(seenMark(task.id, at)), [task.id, at]);
  if (!task.board_id) return null;
  return (
    <Frame title={task.title} above={boards.find(({ id }) => id === task.board_id)?.name ?? "…"}>
      <p className="mb-3 flex items-center gap-2 text-sm text-muted">
        {statusIcon(task.status)}
        {t("inbox.givenToYou", { column: statusName(task.status) })} · <Time at={at} />
      </p>
      {task.description ? (
        <Markdown text={task.description} />
      ) : (
        <p className="text-sm text-muted">{t("task.noDescription")}</p>
      )}
      <Link
        to="/boards/$boardId/tasks/$taskId"
        params={{ boardId: task.board_id, taskId: task.id }}
        className={buttonClass({}, "mt-4")}
      >
        {t("inbox.openTask")}
      </Link>
    </Frame>
  );
}

function AgentDetail({ agent }: { agent: Agent }) {
  return (
    <Frame title={agent.name} above={t("nav.agents")}>
      <p className="flex items-center gap-2 text-sm">
        <Badge tone={agentTone(agent)}>{agentWord(agent)}</Badge>
        {agent.last_seen_at ? (
          <span className="text-muted">
            {t("agent.lastSeen")} <Time at={agent.last_seen_at} />
          </span>
        ) : (
          <span className="text-muted">{t("agent.neverSeen")}</span>
        )}
      </p>
      <p className="mt-3 text-sm wrap-anywhere">{agent.cause ?? t("inbox.agentSilentText")}</p>
      {agent.remedy && <p className="mt-1 text-sm text-muted wrap-anywhere">{agent.remedy}</p>}
      <Link to="/agents/$agentId" params={{ agentId: agent.id }} className={buttonClass({}, "mt-4")}>
        {t("inbox.lookAfter")}
      </Link>
    </Frame>
  );
}

function Frame({ title, above, children }: { title: string; above: string; children: ReactNode }) {
  return (
    <article className="max-w-3xl px-6 py-5 max-md:px-4">
      <p className="text-xs text-muted">{above}</p>
      <h2 className="mb-3 text-xl">{title}</h2>
      {children}
    </article>
  );
}
