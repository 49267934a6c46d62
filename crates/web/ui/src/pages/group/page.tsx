import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { FolderTree } from "lucide-react";
import { useState } from "react";
import { answer, api } from "@/api/client";
import { STATUSES } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { Checkbox, Select } from "@/ui/field";
import { Card, Page } from "@/ui/page";
import { Empty, Loaded } from "@/ui/states";
import { Segmented } from "@/ui/tabs";
import { statusIcon, statusName } from "../task/words";
import { GroupMemory } from "./memory";
import { Pace } from "./pace";

const route = getRouteApi("/groups/$groupId");
const LIMITS = [0, 3, 5, 10];

/** The boards of a group beside one another, with what their agents share. */
export default function GroupPage() {
  const { groupId: group_id } = route.useParams();
  const { isAdmin } = useAccess();
  const [done, setDone] = useState(false);
  const [limit, setLimit] = useState(5);
  const [panel, setPanel] = useState<"chat" | "notes">("chat");
  const query = useQuery({
    queryKey: ["board-group", group_id, "snapshot", done, limit],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/board-groups/{group_id}/snapshot", {
          params: { path: { group_id }, query: { include_done: done, per_board_task_limit: limit } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={query}>
      {({ group, boards }) => (
        <Page
          fill
          title={group?.name ?? t("nav.groups")}
          description={group?.description}
          actions={
            <>
              <Checkbox
                label={t("groups.withDone")}
                checked={done}
                onChange={(event) => setDone(event.target.checked)}
              />
              <Select
                aria-label={t("groups.limit")}
                className="!w-auto"
                value={limit}
                onChange={(event) => setLimit(Number(event.target.value))}
              >
                {LIMITS.map((count) => (
                  <option key={count} value={count}>
                    {t("groups.top", { count })}
                  </option>
                ))}
              </Select>
            </>
          }
        >
          <div className="flex h-full max-lg:h-auto max-lg:flex-col">
            <div className="min-w-0 flex-1 overflow-y-auto p-5 max-md:p-4">
              {isAdmin && <Pace groupId={group_id} />}
              {boards.length === 0 && (
                <Empty icon={<FolderTree size={20} />} title={t("groups.noBoards")}>
                  {t("groups.noBoardsText")}
                </Empty>
              )}
              <div className="grid gap-4 xl:grid-cols-2">
                {boards.map(({ board, tasks, task_counts }) => (
                  <Card key={board.id} className="min-w-0 p-4">
                    <Link
                      to="/boards/$boardId"
                      params={{ boardId: board.id }}
                      className="rounded font-semibold hover:text-accent-text"
                    >
                      {board.name}
                    </Link>
                    <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
                      {STATUSES.map((status) => (
                        <span key={status} className="flex items-center gap-1">
                          {statusIcon(status)}
                          {statusName(status)} {task_counts[status] ?? 0}
                        </span>
                      ))}
                    </p>
                    <ul className="mt-2">
                      {tasks.map((task) => (
                        <li key={task.id}>
                          <Link
                            to="/boards/$boardId"
                            params={{ boardId: board.id }}
                            search={{ taskId: task.id }}
                            className="-mx-2 flex items-center gap-2 rounded-md px-2 py-1.5 text-sm hover:bg-hover"
                          >
                            {statusIcon(task.status)}
                            <span className="min-w-0 flex-1 truncate">{task.title}</span>
                            <span className="text-xs text-muted">{task.assignee}</span>
                          </Link>
                        </li>
                      ))}
                    </ul>
                  </Card>
                ))}
              </div>
            </div>
            <aside
              aria-label={t("groups.memory")}
              className="flex w-96 shrink-0 flex-col border-l border-line max-lg:h-[32rem] max-lg:w-full max-lg:border-l-0 max-lg:border-t"
            >
              <div className="p-3">
                <Segmented<"chat" | "notes">
                  label={t("groups.memory")}
                  value={panel}
                  onChange={setPanel}
                  options={[
                    { value: "chat", label: t("groups.chat") },
                    { value: "notes", label: t("groups.notes") },
                  ]}
                />
              </div>
              <GroupMemory
                key={panel}
                groupId={group_id}
                chat={panel === "chat"}
                boards={boards.map(({ board }) => board.id)}
              />
            </aside>
          </div>
        </Page>
      )}
    </Loaded>
  );
}
