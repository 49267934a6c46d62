import type { Task } from "@/api/types";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { composing, useDraft } from "@/ui/draft";
import { Textarea } from "@/ui/field";
import { Markdown } from "@/ui/markdown";
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
  const [draft, setDraft] = useDraft(`task.${task.id}.title`);
  const Heading = page ? "h1" : "h2";
  if (draft === undefined) {
    return (
      <Heading className="text-xl">
        {canWrite ? (
          <button
            type="button"
            title={t("task.editTitle")}
            onClick={() => setDraft(task.title)}
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
  const save = () => {
    const title = draft.trim();
    if (title && title !== task.title) change(task, { title }, t("task.saved"));
    setDraft(undefined);
  };
  return (
    <Textarea
      autoFocus
      rows={1}
      aria-label={t("task.title")}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (composing(event)) return;
        if (event.key === "Enter") {
          event.preventDefault();
          save();
        } else if (event.key === "Escape") {
          event.preventDefault();
          setDraft(undefined);
        }
      }}
      className="field-sizing-content !text-xl font-semibold"
    />
  );
}

function Description({ task }: { task: Task }) {
  const { canWrite, change } = useBoard();
  const [draft, setDraft] = useDraft(`task.${task.id}.description`);
  if (draft !== undefined && canWrite) {
    const save = () => {
      if (draft !== (task.description ?? "")) change(task, { description: draft.trim() || null }, t("task.saved"));
      setDraft(undefined);
    };
    return (
      <div className="mt-4">
        <Textarea
          autoFocus
          aria-label={t("task.description")}
          rows={8}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) save();
          }}
        />
        <div className="mt-2 flex items-center gap-2">
          <Button look="primary" size="sm" onClick={save}>
            {t("common.save")}
          </Button>
          <Button size="sm" onClick={() => setDraft(undefined)}>
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
        <Button look="ghost" size="sm" className="mt-1 -ml-2.5" onClick={() => setDraft(task.description ?? "")}>
          {t(task.description ? "task.editDescription" : "task.addDescription")}
        </Button>
      )}
    </div>
  );
}
