import { useQuery } from "@tanstack/react-query";
import { CirclePlus, History, ShieldCheck, ShieldX } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import * as queries from "@/api/queries";
import { comment as say } from "@/api/tasks";
import type { Activity, Approval, Comment, Task } from "@/api/types";
import { type Called, useCalled } from "@/app/people";
import { t } from "@/i18n";
import { Avatar } from "@/ui/avatar";
import { Composer } from "@/ui/composer";
import { Markdown } from "@/ui/markdown";
import { Loaded, Skeleton } from "@/ui/states";
import { Time } from "@/ui/time";
import { isNoise } from "../activity/kinds";
import { told } from "../activity/told";
import { useBoard } from "../board/context";
import { actionName } from "../inbox/approval-words";
import { statusIcon } from "./words";

interface Entry {
  id: string;
  at: string;
  node: ReactNode;
}

/** What happened with the task, oldest first, and the place to say something. */
export function Timeline({ task, commentId }: { task: Task; commentId?: string }) {
  const { snapshot, canWrite, timeZone } = useBoard();
  const query = useQuery(queries.comments(snapshot.board.id, task.id));
  const { data: events = [] } = useQuery(queries.taskActivity(task.id));
  const loaded = query.data !== undefined;
  useEffect(() => {
    if (!commentId || !loaded) return;
    document.getElementById(`comment-${commentId}`)?.scrollIntoView({ block: "center" });
  }, [commentId, loaded]);
  // What was there before is not read out: only what comes.
  const [read, setRead] = useState(false);
  useEffect(() => {
    if (loaded) setRead(true);
  }, [loaded]);
  const called = useCalled(snapshot.agents);
  return (
    <section aria-label={t("task.timeline")} className="mt-7">
      <h2 className="mb-2 text-sm">{t("task.timeline")}</h2>
      <Loaded query={query} skeleton={<Skeleton className="h-16" />}>
        {(comments) => (
          <ol className="flex flex-col" aria-live={read ? "polite" : "off"}>
            {entries({
              task,
              comments,
              events,
              approvals: snapshot.approvals,
              called,
              timeZone,
              marked: commentId,
            }).map(({ id, node }) => (
              <li key={id}>{node}</li>
            ))}
          </ol>
        )}
      </Loaded>
      {canWrite && (
        <div className="mt-3">
          <Composer
            label={t("task.comment")}
            placeholder={t("task.commentPlaceholder")}
            names={[...snapshot.people, ...snapshot.agents].map(({ name }) => name)}
            draft={`comment ${task.id}`}
            send={(text) => say(snapshot.board.id, task.id, text)}
          />
        </div>
      )}
    </section>
  );
}

/** What is needed to tell the story of a task. */
interface Story {
  task: Task;
  comments: Comment[];
  events: Activity[];
  approvals: Approval[];
  called: ReturnType<typeof useCalled>;
  timeZone: string;
  /** The comment that a link led to. */
  marked: string | undefined;
}

function entries(story: Story): Entry[] {
  return [...said(story), ...happened(story), ...decided(story)].toSorted((a, b) => a.at.localeCompare(b.at));
}

function said({ comments, called, marked }: Story): Entry[] {
  return comments.map(({ id, created_at, message, ...doer }) => {
    const author: Called = called(doer) ?? { word: t("common.person"), name: t("common.person") };
    return {
      id,
      at: created_at,
      node: (
        <article
          id={`comment-${id}`}
          className={`-mx-2 flex gap-2.5 rounded-lg p-2 ${id === marked ? "bg-accent-soft" : ""}`}
        >
          <Avatar name={author.name} emoji={author.emoji} size={24} />
          <div className="min-w-0 flex-1 text-sm">
            <p className="flex items-baseline gap-2">
              <span className="font-medium">{author.word}</span>
              <Time at={created_at} className="text-xs text-muted" />
            </p>
            <Markdown text={message ?? ""} />
          </div>
        </article>
      ),
    };
  });
}

function happened({ task, events, called, timeZone }: Story): Entry[] {
  const made = events.find(({ event_type }) => event_type === "task.created");
  const creator = made && called(made)?.word;
  const created: Entry = {
    id: "created",
    at: task.created_at,
    node: <Note icon={<CirclePlus size={14} />} at={task.created_at} by={creator} words={[t("task.wasCreated")]} />,
  };
  const others = events
    .filter((event) => event.event_type !== "task.comment" && event.event_type !== "task.created" && !isNoise(event))
    .map((event): Entry => {
      const { id, created_at, message, event_type } = event;
      const change = told(message ?? "", timeZone);
      // biome-ignore lint/correctness/useJsxKeyInIterable: it becomes a value of the entry, which has the key.
      const icon = change?.to ? statusIcon(change.to) : <History size={14} />;
      return {
        id,
        at: created_at,
        node: (
          <Note icon={icon} at={created_at} by={called(event)?.word} words={change?.words ?? [message ?? event_type]} />
        ),
      };
    });
  return [created, ...others];
}

function decided({ task, approvals, called }: Story): Entry[] {
  return approvals
    .filter((approval) => approval.resolved_at && (approval.task_ids.includes(task.id) || approval.task_id === task.id))
    .map(({ id, status, resolved_at, action_type, resolved_by, resolved_by_user_id, decision_reason }): Entry => {
      const approved = status === "approved";
      const by = called({ user_id: resolved_by_user_id, user_name: resolved_by })?.word;
      const what = t(approved ? "task.wasApproved" : "task.wasRejected", { action: actionName(action_type) });
      return {
        id,
        at: resolved_at ?? "",
        node: (
          <Note
            icon={approved ? <ShieldCheck size={14} className="text-ok" /> : <ShieldX size={14} className="text-bad" />}
            at={resolved_at ?? ""}
            by={by}
            words={decision_reason ? [what, `“${decision_reason}”`] : [what]}
          />
        ),
      };
    });
}

interface NoteProps {
  icon: ReactNode;
  at: string;
  by?: string;
  words: string[];
}

/** One line: who did what, when. */
function Note({ icon, at, by, words }: NoteProps) {
  return (
    <div className="flex gap-2.5 py-1.5 text-sm text-muted">
      <span className="flex h-5 w-6 shrink-0 items-center justify-center">{icon}</span>
      <p className="min-w-0 wrap-anywhere">
        {by && <span className="mr-1.5 font-medium text-fg/85">{by}</span>}
        {words.join(" · ")}
        <Time at={at} className="ml-2 text-xs whitespace-nowrap" />
      </p>
    </div>
  );
}
