import { Link } from "@tanstack/react-router";
import { ChevronDown, ChevronUp, Maximize2, Trash2, X } from "lucide-react";
import type { Task } from "@/api/types";
import { useShortcuts } from "@/app/shortcuts";
import { t } from "@/i18n";
import { buttonClass, IconButton } from "@/ui/button";
import { Panel } from "@/ui/panel";
import { Empty, SkeletonRows } from "@/ui/states";
import { useBoard } from "../board/context";
import { CopyButtons } from "./copy-buttons";
import { TaskDetail } from "./detail";
import { useTask } from "./use-task";
import { taskName } from "./words";

interface Props {
  taskId: string;
  commentId?: string;
  /** The tasks in the order in which they are shown. */
  order: Task[];
  go(taskId: string): void;
  close(): void;
}

/** A task beside the board. */
export default function TaskPeek({ taskId, commentId, order, go, close }: Props) {
  const { snapshot, canWrite, remove } = useBoard();
  const { task, looking } = useTask(snapshot, taskId);
  const at = order.findIndex(({ id }) => id === taskId);
  const step = (by: number) => {
    const next = order[at + by];
    if (next) go(next.id);
  };
  const group = t("keys.task");
  useShortcuts([
    { keys: "j", label: t("keys.next"), group, run: () => step(1) },
    { keys: "k", label: t("keys.previous"), group, run: () => step(-1) },
  ]);
  return (
    <Panel label={task ? taskName(task) : t("task.gone")} close={close}>
      <div data-peek className="flex min-h-0 flex-1 flex-col">
        <header className="flex h-12 shrink-0 items-center gap-0.5 border-b border-line px-3">
          <IconButton
            label={t("keys.previous")}
            keys="k"
            icon={<ChevronUp size={16} />}
            disabled={at <= 0}
            onClick={() => step(-1)}
          />
          <IconButton
            label={t("keys.next")}
            keys="j"
            icon={<ChevronDown size={16} />}
            disabled={at < 0 || at >= order.length - 1}
            onClick={() => step(1)}
          />
          <span className="ml-2 mr-1 whitespace-nowrap text-sm text-muted tabular-nums">{task?.key}</span>
          <CopyButtons taskKey={task?.key} />
          <span className="ml-auto flex items-center gap-0.5">
            {task && canWrite && (
              <IconButton label={t("common.delete")} icon={<Trash2 size={15} />} onClick={() => remove(task)} />
            )}
            <Link
              to="/boards/$boardId/tasks/$taskId"
              params={{ boardId: snapshot.board.id, taskId }}
              aria-label={t("task.fullPage")}
              className={buttonClass({ look: "ghost", size: "sm" }, "!px-1.5")}
            >
              <Maximize2 size={15} />
            </Link>
            <IconButton label={t("common.close")} icon={<X size={16} />} onClick={close} />
          </span>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto">
          {task ? (
            <TaskDetail key={task.id} task={task} commentId={commentId} open={(id) => go(id)} />
          ) : looking ? (
            <SkeletonRows />
          ) : (
            <Empty icon={<Trash2 size={20} />} title={t("task.gone")}>
              {t("task.goneText")}
            </Empty>
          )}
        </div>
      </div>
    </Panel>
  );
}
