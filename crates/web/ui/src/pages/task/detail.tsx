import { useState } from "react";
import type { Task } from "@/api/types";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { useEdits } from "@/ui/edits";
import { Textarea } from "@/ui/field";
import { Markdown } from "@/ui/markdown";
import { Meanwhile } from "@/ui/meanwhile";
import { useBoard } from "../board/context";
import { TaskApprovals } from "./approvals";
import { Dependencies } from "./dependencies";
import { Properties } from "./properties";
import { Timeline } from "./timeline";

interface Props {
  task: Task;
  commentId?: string;
  open(task_id: string): void;
  /** Beside one another instead of below one another. */
  page?: boolean;
}

/** All about a task; everything is changed in place. */
export function TaskDetail({ task, commentId, open, page }: Props) {
  const properties = <Properties task={task} />;
  return (
    <div
      data-task={task.id}
      className={
        page
          ? "mx-auto grid max-w-6xl gap-x-10 px-6 py-6 max-md:px-4 lg:grid-cols-[minmax(0,1fr)_17rem]"
          : "px-6 py-5 max-sm:px-4"
      }
    >
      <div className="min-w-0">
        <Title task={task} page={page} />
        {!page && <div className="mt-3">{properties}</div>}
        <Description task={task} />
        <TaskApprovals task={task} />
        <Dependencies task={task} open={open} />
        <Timeline task={task} commentId={commentId} />
      </div>
      {page && <aside aria-label={t("task.properties")}>{properties}</aside>}
    </div>
  );
}

function Title({ task, page }: { task: Task; page?: boolean }) {
  const { canWrite, change } = useBoard();
  const edits = useEdits(`task.${task.id}.title`, { title: task.title });
  const [saving, setSaving] = useState(false);
  const Heading = page ? "h1" : "h2";
  if (!edits.begun("title") || saving || !canWrite) {
    return (
      <Heading className="text-xl">
        {canWrite ? (
          <button
            type="button"
            title={t("task.editTitle")}
            onClick={() => edits.set("title", edits.values.title)}
            className="-mx-1.5 rounded-md px-1.5 text-left tracking-[-0.011em] wrap-anywhere hover:bg-hover"
          >
            {task.title}
          </button>
        ) : (
          task.title
        )}
      </Heading>
    );
  }
  const { theirs } = edits;
  const save = async () => {
    const title = edits.values.title.trim();
    if (theirs.title !== undefined || saving) return;
    if (!title || title === task.title) return edits.forget();
    setSaving(true);
    // What could not be saved is there to be edited further.
    if (await change(task, { title }, t("task.saved"))) edits.forget();
    setSaving(false);
  };
  return (
    <>
      <Textarea
        autoFocus
        rows={1}
        aria-label={t("task.title")}
        value={edits.values.title}
        onChange={(event) => edits.set("title", event.target.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.preventDefault();
            void save();
          } else if (event.key === "Escape") {
            event.preventDefault();
            edits.forget();
          }
        }}
        className="field-sizing-content text-xl font-semibold"
      />
      {theirs.title !== undefined && <Meanwhile theirs={theirs.title} settle={(keep) => edits.settle("title", keep)} />}
    </>
  );
}

function Description({ task }: { task: Task }) {
  const { canWrite, change } = useBoard();
  const edits = useEdits(`task.${task.id}.description`, { description: task.description ?? "" });
  const [saving, setSaving] = useState(false);
  if (edits.begun("description") && canWrite && !saving) {
    const { theirs } = edits;
    const save = async () => {
      const { description } = edits.values;
      if (theirs.description !== undefined) return;
      if (!edits.dirty) return edits.forget();
      setSaving(true);
      // What could not be saved is there to be edited further.
      if (await change(task, { description: description.trim() || null }, t("task.saved"))) edits.forget();
      setSaving(false);
    };
    return (
      <div className="mt-4">
        <Textarea
          autoFocus
          aria-label={t("task.description")}
          rows={8}
          value={edits.values.description}
          onChange={(event) => edits.set("description", event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void save();
          }}
        />
        {theirs.description !== undefined && (
          <Meanwhile theirs={theirs.description} settle={(keep) => edits.settle("description", keep)} />
        )}
        <div className="mt-2 flex items-center gap-2">
          <Button look="primary" size="sm" disabled={theirs.description !== undefined} onClick={() => void save()}>
            {t("common.save")}
          </Button>
          <Button size="sm" onClick={() => edits.forget()}>
            {t("common.cancel")}
          </Button>
          <span className="text-xs text-muted">{t("common.markdown")}</span>
        </div>
      </div>
    );
  }
  return (
    <div className="mt-4">
      {task.description ? (
        <Markdown text={task.description} />
      ) : (
        <p className="text-sm text-muted">{t("task.noDescription")}</p>
      )}
      {canWrite && (
        <Button
          look="ghost"
          size="sm"
          className="mt-1 -ml-2.5"
          onClick={() => edits.set("description", edits.values.description)}
        >
          {t(task.description ? "task.editDescription" : "task.addDescription")}
        </Button>
      )}
    </div>
  );
}
