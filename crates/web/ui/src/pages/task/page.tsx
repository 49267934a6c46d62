import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { useMemo } from "react";
import * as queries from "@/api/queries";
import type { BoardSnapshot } from "@/api/types";
import { useAccess } from "@/app/access";
import { useShortcuts } from "@/app/shortcuts";
import { useTitle } from "@/app/title";
import { t } from "@/i18n/board";
import { Button } from "@/ui/button";
import { Empty, SkeletonRows } from "@/ui/states";
import { useTimezone } from "@/ui/time";
import { BoardContext, useAgentOf } from "../board/context";
import { changeWithUndo, useMove } from "../board/move";
import { removeTask } from "../board/remove";
import { PROPERTY_KEYS, useQuickEdit } from "../board/use-quick-edit";
import { BoardLoaded } from "../boards/board-loaded";
import { CopyButtons } from "./copy-buttons";
import { TaskDetail } from "./detail";
import { useTask } from "./use-task";
import { taskName } from "./words";

const route = getRouteApi("/boards/$boardId/tasks/$taskId");

export default function TaskPage() {
  const { boardId } = route.useParams();
  const query = useQuery(queries.boardSnapshot(boardId));
  return <BoardLoaded query={query}>{(snapshot) => <TaskView snapshot={snapshot} />}</BoardLoaded>;
}

function TaskView({ snapshot }: { snapshot: BoardSnapshot }) {
  const { taskId } = route.useParams();
  const { commentId } = route.useSearch();
  const navigate = route.useNavigate();
  const { board } = snapshot;
  const canWrite = useAccess().canWrite(board.id);
  const timeZone = useTimezone();
  const { data: me } = useQuery(queries.me);
  const viewer = useMemo(() => ({ timeZone, id: me?.id }), [timeZone, me?.id]);
  const { move, dialog } = useMove(snapshot);
  const { task, looking } = useTask(snapshot, taskId);
  useTitle(task ? taskName(task) : looking ? snapshot.board.name : t("task.gone"));
  const agentOf = useAgentOf(snapshot.agents);
  const { ask, popup } = useQuickEdit(snapshot.tasks, ([changed], updateOf) => {
    if (changed) void changeWithUndo(board.id, changed, updateOf(changed), () => t("task.saved"));
  });
  useShortcuts(
    PROPERTY_KEYS.map(([keys, property]) => ({
      keys,
      label: t(`quick.${property}`),
      group: t("keys.task"),
      run: () => canWrite && task && ask(property, [task]),
    })),
  );
  const context = useMemo<BoardContext>(
    () => ({
      snapshot,
      agentOf,
      canWrite,
      timeZone,
      viewer,
      ask: (property, changed) => ask(property, [changed]),
      move: (moved, to) => void move(moved, to),
      change: (changed, update, done) => changeWithUndo(board.id, changed, update, () => done),
      remove: (removed) =>
        void removeTask(board.id, removed).then((gone) => {
          if (gone) void navigate({ to: "/boards/$boardId", params: { boardId: board.id } });
        }),
      peek: (other) =>
        void navigate({ to: "/boards/$boardId/tasks/$taskId", params: { boardId: board.id, taskId: other.id } }),
    }),
    [snapshot, agentOf, canWrite, timeZone, viewer, move, ask, board.id, navigate],
  );
  const open = (id: string) =>
    void navigate({ to: "/boards/$boardId/tasks/$taskId", params: { boardId: board.id, taskId: id } });
  return (
    <BoardContext value={context}>
      <nav
        aria-label={t("common.breadcrumbs")}
        className="flex h-12 items-center gap-2 border-b border-line px-5 text-sm text-muted max-md:px-4"
      >
        <Link to="/boards/$boardId" params={{ boardId: board.id }} className="rounded hover:text-fg">
          {board.name}
        </Link>
        <span aria-hidden>/</span>
        <span className="whitespace-nowrap text-fg tabular-nums">{task?.key}</span>
        <CopyButtons taskKey={task?.key} />
        {task && canWrite && (
          <Button look="ghost" size="sm" className="ml-auto" onClick={() => context.remove(task)}>
            <Trash2 size={14} />
            {t("common.delete")}
          </Button>
        )}
      </nav>
      {task ? (
        <TaskDetail key={task.id} page task={task} commentId={commentId} open={open} />
      ) : looking ? (
        <SkeletonRows />
      ) : (
        <Empty icon={<Trash2 size={20} />} title={t("task.gone")}>
          {t("task.goneText")}
        </Empty>
      )}
      {dialog}
      {popup}
    </BoardContext>
  );
}
