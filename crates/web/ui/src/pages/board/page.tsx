import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useLocation, useRouter } from "@tanstack/react-router";
import { Coins, MessageSquare, Plus, Settings, ShieldQuestion, SquareKanban, Table } from "lucide-react";
import { Suspense, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import * as queries from "@/api/queries";
import { type BoardSnapshot, STATUSES, type Task, type TaskStatus, type TaskUpdate } from "@/api/types";
import { useAccess } from "@/app/access";
import { StarButton } from "@/app/favourites";
import type { BoardSearch } from "@/app/search";
import { useShortcuts } from "@/app/shortcuts";
import { t } from "@/i18n/board";
import { Badge } from "@/ui/badge";
import { Button, buttonClass, IconButton } from "@/ui/button";
import { readDraft } from "@/ui/draft";
import { lazily } from "@/ui/lazily";
import { Page } from "@/ui/page";
import { useToggle } from "@/ui/row-selection";
import { Loaded, Skeleton } from "@/ui/states";
import { Segmented } from "@/ui/tabs";
import { useTimezone } from "@/ui/time";
import { toast } from "@/ui/toast";
import { BoardLoaded } from "../boards/board-loaded";
import { taskName } from "../task/words";
import { AgentStrip } from "./agent-strip";
import { changeAll } from "./bulk";
import { BoardContext, newTaskDraft, type Property, useAgentOf } from "./context";
import { matches, parseFilter } from "./filter";
import { FilterBar } from "./filter-bar";
import { Kanban } from "./kanban";
import { changeWithUndo, placeTask, useMove } from "./move";
import { byOrder, MANUAL } from "./order";
import { BoardSkeleton, NoTasks } from "./placeholders";
import { removeTask } from "./remove";
import { focusedTask, PROPERTY_KEYS, useQuickEdit } from "./use-quick-edit";

const TaskPeek = lazily(() => import("../task/peek"));
const BoardChat = lazily(() => import("./chat"));
const TaskTable = lazily(() => import("./table"));
const NewTask = lazily(() => import("./new-task"));
const Lanes = lazily(() => import("./lanes"));
const BulkBar = lazily(() => import("./bulk-bar"));

const CARD_KEYS = [
  ["m", "keys.carry"],
  ["s", "keys.cardMenu"],
  ["Alt+↑", "keys.arrange"],
] as const;

const NOBODY: ReadonlySet<string> = new Set();

const route = getRouteApi("/boards/$boardId");

export default function BoardPage() {
  const { boardId } = route.useParams();
  const query = useQuery(queries.boardSnapshot(boardId));
  const member = useQuery(queries.member);
  // A card that is there takes keys: it has to be known already what the person may do.
  return (
    <Loaded query={member} skeleton={<BoardSkeleton />}>
      {() => (
        <BoardLoaded query={query} skeleton={<BoardSkeleton />}>
          {(snapshot) => <BoardView key={boardId} snapshot={snapshot} />}
        </BoardLoaded>
      )}
    </Loaded>
  );
}

/** How many tasks each column has when not all of them are known. */
function counts({ tasks_next_cursor, task_counts }: BoardSnapshot) {
  return tasks_next_cursor ? task_counts : undefined;
}

function BoardView({ snapshot }: { snapshot: BoardSnapshot }) {
  const { board, tasks, agents } = snapshot;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { canWrite: mayWrite } = useAccess();
  const canWrite = mayWrite(board.id);
  const timeZone = useTimezone();
  const { data: me } = useQuery(queries.me);
  const viewer = useMemo(() => ({ timeZone, id: me?.id }), [timeZone, me?.id]);
  // What was begun before a reload or another sign-in goes on.
  const [adding, setAdding] = useState(() => canWrite && readDraft(newTaskDraft(board.id)) !== undefined);
  const filterField = useRef<HTMLInputElement>(null);
  const router = useRouter();
  const opened = useLocation({ select: ({ state }) => state.peeked ?? false });

  const show = useCallback(
    (change: Partial<BoardSearch>, replace = false) =>
      void navigate({ search: (now) => ({ ...now, ...change }), replace }),
    [navigate],
  );
  const filter = useDeferredValue(search.q ?? "");
  const arrange = useCallback(
    (all: Task[]) => {
      const terms = parseFilter(filter);
      const found = terms.length > 0 ? all.filter((task) => matches(task, terms, viewer)) : all;
      return found.toSorted(byOrder(search.sort));
    },
    [filter, viewer, search.sort],
  );
  const shown = useMemo(() => arrange(tasks), [arrange, tasks]);
  const { move, dialog } = useMove(snapshot, arrange);
  const columns = useMemo(() => {
    const sorted: Record<TaskStatus, Task[]> = { inbox: [], in_progress: [], review: [], done: [] };
    for (const task of shown) (sorted[task.status as TaskStatus] ?? sorted.inbox).push(task);
    return sorted;
  }, [shown]);

  const [selected, setSelected] = useState<ReadonlySet<string>>(NOBODY);
  // What the filter hides is not meant.
  const chosen = useMemo(() => shown.filter(({ id }) => selected.has(id)), [shown, selected]);
  const chosenIds = useMemo(() => (chosen.length > 0 ? new Set(chosen.map(({ id }) => id)) : NOBODY), [chosen]);
  const selectTasks = useCallback((next: Task[]) => setSelected(new Set(next.map(({ id }) => id))), []);
  const agentOf = useAgentOf(snapshot.agents);
  const { ask, popup } = useQuickEdit(tasks, (changed, updateOf) => {
    const [first] = changed;
    if (changed.length > 1) void changeAll(board.id, changed, updateOf, "bulk.changed");
    else if (first) void changeWithUndo(board.id, first, updateOf(first), () => t("task.saved"));
  });
  const context = useMemo<BoardContext>(
    () => ({
      snapshot,
      agentOf,
      canWrite,
      timeZone,
      viewer,
      move: (task, to, also) => void move(task, to, also),
      ask: (property, task) => ask(property, [task]),
      change: (task: Task, update: TaskUpdate, done: string) => changeWithUndo(board.id, task, update, () => done),
      remove: (task) => void removeTask(board.id, task),
      peek: (task) =>
        void navigate({
          search: (now) => ({ ...now, taskId: task.id, commentId: undefined }),
          replace: opened,
          state: { peeked: true },
        }),
    }),
    [snapshot, agentOf, canWrite, timeZone, viewer, move, ask, board.id, navigate, opened],
  );

  const askHere = (property: Property) => {
    const task = focusedTask(tasks) ?? tasks.find(({ id }) => id === search.taskId);
    // A key on one of several that are chosen is meant for all of them.
    const meant = task && !chosenIds.has(task.id) ? [task] : chosen.length > 0 ? chosen : [];
    if (canWrite && meant.length > 0) ask(property, meant);
  };
  const group = t("keys.board");
  const add = useCallback(() => setAdding(true), []);
  const table = search.view === "table";
  const manual = search.sort === MANUAL;
  const place = useCallback(
    (task: Task, after: Task | undefined) => {
      if (manual) void placeTask(board.id, task, after);
      else toast.info(t("order.notManual"), t("order.notManualText"));
    },
    [board.id, manual],
  );
  const order = useMemo(() => (table ? shown : STATUSES.flatMap((status) => columns[status])), [table, shown, columns]);
  const toggle = useToggle<Task>(order, { selected: chosenIds, change: setSelected, name: taskName });
  const latestToggle = useRef(toggle);
  useEffect(() => {
    latestToggle.current = toggle;
  });
  const choose = useCallback((task: Task, range: boolean) => latestToggle.current(task, range), []);
  const moveChosen = (into: (task: Task) => TaskUpdate) =>
    void changeAll(board.id, chosen, into, "bulk.moved").then(selectTasks);
  useShortcuts([
    { keys: "c", label: t("task.new"), group, run: () => canWrite && add() },
    { keys: "f", label: t("board.filter"), group, run: () => filterField.current?.focus() },
    { keys: "v", label: t("keys.view"), group, run: () => show({ view: table ? undefined : "table" }) },
    { keys: "t", label: t("chat.title"), group, run: () => show({ panel: search.panel ? undefined : "chat" }) },
    ...PROPERTY_KEYS.map(([keys, property]) => ({
      keys,
      label: t(`quick.${property}`),
      group,
      run: () => askHere(property),
    })),
    {
      keys: "x",
      label: t("chosen.toggle"),
      group,
      run: () => {
        const task = focusedTask(tasks);
        if (canWrite && task) toggle(task, false);
      },
    },
    ...(chosen.length > 0
      ? [{ keys: "Escape", label: t("chosen.unselect"), group, run: () => setSelected(NOBODY) }]
      : []),
    // What has the focus takes these itself.
    ...(table ? [] : CARD_KEYS).map(([keys, label]) => ({ keys, label: t(label), group, run: () => {} })),
  ]);

  // However the panel was closed, the card has the focus again.
  const read = useRef<string>(undefined);
  useEffect(() => {
    const id = read.current;
    read.current = search.taskId;
    if (id && !search.taskId)
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-card="${id}"]`)?.focus());
  }, [search.taskId]);

  const peeked = search.taskId ? tasks.find(({ id }) => id === search.taskId) : undefined;
  return (
    <BoardContext value={context}>
      <Page
        fill
        title={board.name}
        tab={peeked && taskName(peeked)}
        count={snapshot.pending_approvals_count}
        crumbs={!canWrite && <Badge>{t("board.readOnly")}</Badge>}
        actions={
          <>
            <AgentStrip agents={agents} tasks={tasks} board={board} canWrite={canWrite} />
            {canWrite && snapshot.pending_approvals_count > 0 && (
              <Link to="/inbox" search={{ show: board.id }} className={buttonClass({}, "max-sm:!px-2.5")}>
                <ShieldQuestion size={15} className="text-warn-dot" />
                <span className="max-lg:hidden">
                  {t("board.approvals", { count: snapshot.pending_approvals_count })}
                </span>
                <span aria-hidden className="lg:hidden">
                  {snapshot.pending_approvals_count}
                </span>
                <span className="sr-only lg:hidden">
                  {t("board.approvals", { count: snapshot.pending_approvals_count })}
                </span>
              </Link>
            )}
            <Segmented
              compact
              label={t("board.view")}
              value={table ? "table" : "board"}
              onChange={(view) => show({ view: view === "table" ? "table" : undefined })}
              options={[
                { value: "board", label: t("board.kanban"), icon: <SquareKanban size={14} /> },
                { value: "table", label: t("board.table"), icon: <Table size={14} /> },
              ]}
            />
            <StarButton board={board} className="max-sm:hidden" />
            <Link
              to="/usage"
              search={{ board: board.id }}
              aria-label={t("nav.usage")}
              data-tip={t("nav.usage")}
              className={buttonClass({ look: "ghost" }, "!px-2 max-sm:hidden")}
            >
              <Coins size={16} />
            </Link>
            <IconButton
              label={t("chat.title")}
              keys="t"
              icon={<MessageSquare size={16} />}
              onClick={() => show({ panel: search.panel ? undefined : "chat" })}
            />
            {canWrite && (
              <Link
                to="/boards/$boardId/settings"
                params={{ boardId: board.id }}
                aria-label={t("board.settings")}
                className={buttonClass({ look: "ghost" }, "!px-2")}
              >
                <Settings size={16} />
              </Link>
            )}
            {canWrite && (
              <Button look="primary" aria-label={t("task.new")} onClick={add} className="max-sm:!px-2.5">
                <Plus size={15} />
                <span className="max-sm:hidden">{t("task.new")}</span>
              </Button>
            )}
          </>
        }
      >
        <div className="flex h-full min-h-0">
          <div className="flex min-w-0 flex-1 flex-col">
            <FilterBar field={filterField} search={search} show={show} shown={shown.length} />
            {chosen.length > 0 && (
              <Suspense>
                <div className="px-4 pt-3 max-md:px-3">
                  <BulkBar tasks={chosen} choose={selectTasks} />
                </div>
              </Suspense>
            )}
            <div className="min-h-0 flex-1">
              {tasks.length === 0 ? (
                <NoTasks add={canWrite ? add : undefined} />
              ) : table ? (
                <Suspense fallback={<Skeleton className="m-4 h-64" />}>
                  <TaskTable
                    tasks={shown}
                    peeked={search.taskId}
                    selected={chosenIds}
                    select={setSelected}
                    sort={search.sort}
                    cols={search.cols}
                    show={show}
                  />
                </Suspense>
              ) : search.group ? (
                <Suspense fallback={<Skeleton className="m-4 h-64" />}>
                  <Lanes
                    by={search.group}
                    columns={columns}
                    peeked={search.taskId}
                    chosen={chosenIds}
                    choose={choose}
                    chooseAll={selectTasks}
                    moveChosen={moveChosen}
                  />
                </Suspense>
              ) : (
                <Kanban
                  columns={columns}
                  manual={manual}
                  place={place}
                  counts={filter ? undefined : counts(snapshot)}
                  filtered={filter !== ""}
                  peeked={search.taskId}
                  chosen={chosenIds}
                  choose={choose}
                  moveChosen={moveChosen}
                />
              )}
            </div>
          </div>
          <Suspense>
            {search.panel && !search.taskId && (
              <BoardChat
                snapshot={snapshot}
                canWrite={canWrite}
                panel={search.panel}
                show={(panel) => show({ panel }, panel !== undefined)}
              />
            )}
          </Suspense>
          <Suspense>
            {search.taskId && (
              <TaskPeek
                order={order}
                taskId={search.taskId}
                commentId={search.commentId}
                go={(taskId) =>
                  void navigate({
                    search: (now) => ({ ...now, taskId, commentId: undefined }),
                    replace: true,
                    state: { peeked: opened },
                  })
                }
                close={() => {
                  // The way back of the browser is the way back from the panel, when that is how it was opened.
                  if (opened) router.history.back();
                  else show({ taskId: undefined, commentId: undefined }, true);
                }}
              />
            )}
          </Suspense>
        </div>
      </Page>
      {dialog}
      {popup}
      <Suspense>{adding && <NewTask close={() => setAdding(false)} />}</Suspense>
    </BoardContext>
  );
}
