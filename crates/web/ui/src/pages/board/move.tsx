import { useNavigate } from "@tanstack/react-router";
import { Suspense, useCallback, useLayoutEffect, useRef, useState } from "react";
import { answer, api } from "@/api/client";
import { boardSnapshot } from "@/api/queries";
import { queryClient } from "@/api/query-client";
import { changeTask, takeBack } from "@/api/tasks";
import type { Approval, Board, Task, TaskStatus, TaskUpdate } from "@/api/types";
import { isChangedMeanwhile } from "@/api/versions";
import { t } from "@/i18n";
import { meanwhile } from "@/ui/conflict";
import { writeDraft } from "@/ui/draft";
import { lazily } from "@/ui/lazily";
import { toast } from "@/ui/toast";
import { statusName, taskName } from "../task/words";
import { type Obstacle, obstacle } from "./rules";

const CommentFirst = lazily(() => import("./comment-first"));

interface Place {
  board: Board;
  approvals: Approval[];
}

/** The tasks that are shown, in the order in which they are. */
type Arrange = (tasks: Task[]) => Task[];

/** Changes a task with an undo, and says so to everybody. Answers whether it was changed. */
export async function changeWithUndo(
  board_id: string,
  task: Task,
  update: TaskUpdate,
  done: () => string,
): Promise<boolean> {
  try {
    const { before, after } = await changeTask(board_id, task.id, update);
    if (update.status && after.status !== update.status) {
      toast.info(t("move.elsewhere", { title: taskName(task), column: statusName(after.status) }), t("rule.blocked"));
      return true;
    }
    const back = () => void takeBack(board_id, before, after, update).catch((error) => refused(task, error));
    toast.ok(done(), { label: t("common.undo"), run: back, undo: true }, update.status ? task.title : undefined);
    return true;
  } catch (error) {
    refused(task, error);
    return false;
  }
}

/** Puts a task behind another, or before all, in the order that people give the board. */
export async function placeTask(board_id: string, task: Task, after: Task | undefined) {
  await changeTask(board_id, task.id, { after_task_id: after?.id ?? null }).catch((error) => refused(task, error));
}

/** Says why a task was not changed, and who was quicker where that is why. */
function refused(task: Task, error: unknown) {
  if (isChangedMeanwhile(error)) toast.bad(meanwhile(taskName(task), error), t("conflict.look"));
  else toast.error(error);
}

/** Moves tasks between columns: says what is in the way, and offers what would help. */
export function useMove({ board, approvals }: Place, arrange?: Arrange) {
  const navigate = useNavigate();
  const [commenting, setCommenting] = useState<{ task: Task; also: TaskUpdate }>();
  const place = useRef({ board, approvals, arrange });
  useLayoutEffect(() => {
    place.current = { board, approvals, arrange };
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `explain` calls `move`, and both read the newest place.
  const move = useCallback(async (task: Task, to: TaskStatus, { comment, ...also }: TaskUpdate = {}) => {
    if (task.status === to) return;
    const found = comment ? undefined : obstacle(task, to, place.current);
    if (found?.fix === "comment") return setCommenting({ task, also });
    if (found) return explain(task, found);
    const done = () => moved(place.current.board.id, task, to, place.current.arrange);
    const update = { ...also, status: to, ...(comment ? { comment } : {}) };
    const changed = await changeWithUndo(place.current.board.id, task, update, done);
    if (changed && comment) writeDraft(`review.${task.id}`, undefined);
  }, []);

  const explain = (task: Task, found: Obstacle) => {
    const { board } = place.current;
    const fixes: Record<Obstacle["fix"], { label: string; run(): void } | undefined> = {
      "open-blocker": found.id
        ? {
            label: t("rule.showBlocker"),
            run: () =>
              void navigate({ to: "/boards/$boardId", params: { boardId: board.id }, search: { taskId: found.id } }),
          }
        : undefined,
      "decide-approval": {
        label: t("rule.decide"),
        run: () => void navigate({ to: "/inbox", search: { item: found.id } }),
      },
      "ask-approval": { label: t("rule.askApproval"), run: () => void askApproval(board.id, task) },
      "to-review": { label: t("rule.toReview"), run: () => void move(task, "review") },
      comment: undefined,
    };
    toast.bad(t("move.refused", { title: taskName(task) }), t(found.reason), fixes[found.fix]);
  };

  const dialog = commenting && (
    <Suspense>
      <CommentFirst
        task={commenting.task}
        close={() => setCommenting(undefined)}
        submit={(comment) => {
          setCommenting(undefined);
          void move(commenting.task, "review", { ...commenting.also, comment });
        }}
      />
    </Suspense>
  );
  return { move, dialog };
}

/** `REL-12 moved to Review, 3 of 7`: with its place for those who do not see the column. */
function moved(board_id: string, task: Task, to: TaskStatus, arrange: Arrange | undefined): string {
  const name = { key: task.key ?? task.title, column: statusName(to) };
  const tasks = queryClient.getQueryData(boardSnapshot(board_id).queryKey)?.tasks ?? [];
  const column = arrange?.(tasks).filter(({ status }) => status === to) ?? [];
  const at = column.findIndex(({ id }) => id === task.id);
  return at < 0 ? t("move.done", name) : t("move.donePlace", { ...name, place: at + 1, count: column.length });
}

async function askApproval(board_id: string, task: Task) {
  try {
    await answer(
      api.POST("/api/v1/boards/{board_id}/approvals", {
        params: { path: { board_id } },
        body: {
          action_type: "task.complete",
          confidence: 100,
          task_id: task.id,
          lead_reasoning: t("move.approvalReason", { title: taskName(task) }),
        },
      }),
    );
    toast.ok(t("move.approvalAsked"));
  } catch (error) {
    toast.error(error);
  }
}
