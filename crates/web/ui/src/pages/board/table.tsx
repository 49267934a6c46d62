import { SquareKanban } from "lucide-react";
import { useMemo, useState } from "react";
import { PRIORITIES, STATUSES, type Task } from "@/api/types";
import { t } from "@/i18n";
import { Avatar } from "@/ui/avatar";
import { Badge } from "@/ui/badge";
import { type Column, DataTable, ROW_LINK } from "@/ui/data-table";
import { Empty } from "@/ui/states";
import { parseTime, shortDate, Time } from "@/ui/time";
import { emojiOf } from "../agents/profile";
import { isOverdue } from "../task/due";
import { priorityIcon, priorityName, statusIcon, statusName, taskName } from "../task/words";
import { BulkBar } from "./bulk-bar";
import { useBoard } from "./context";

export default function TaskTable({ tasks }: { tasks: Task[] }) {
  const { peek, timeZone, canWrite, agentOf } = useBoard();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  // What the filter hides is not meant.
  const chosen = tasks.filter(({ id }) => selected.has(id));
  const columns = useMemo<Column<Task>[]>(
    () => [
      {
        id: "key",
        header: t("task.key"),
        value: (task) => task.number,
        cell: (task) => <span className="whitespace-nowrap text-muted tabular-nums">{task.key}</span>,
      },
      {
        id: "title",
        header: t("task.title"),
        value: (task) => task.title,
        // As wide as the others leave it, however long the title is.
        className: "w-full max-w-0",
        cell: (task) => (
          <button
            type="button"
            data-card={task.id}
            onClick={() => peek(task)}
            title={task.title}
            className={`flex w-full items-center gap-2 text-left ${ROW_LINK}`}
          >
            <span dir="auto" className="min-w-0 truncate">
              {task.title}
            </span>
            {task.is_blocked && <Badge tone="bad">{t("filter.blocked")}</Badge>}
          </button>
        ),
      },
      {
        id: "status",
        header: t("task.status"),
        value: (task) => (STATUSES as readonly string[]).indexOf(task.status),
        cell: (task) => (
          <span className="flex items-center gap-1.5 whitespace-nowrap">
            {statusIcon(task.status)}
            {statusName(task.status)}
          </span>
        ),
      },
      {
        id: "priority",
        header: t("task.priority"),
        wide: true,
        value: (task) => (PRIORITIES as readonly string[]).indexOf(task.priority),
        cell: (task) => (
          <span className="flex items-center gap-1.5">
            {priorityIcon(task.priority)}
            {priorityName(task.priority)}
          </span>
        ),
      },
      {
        id: "assignee",
        header: t("task.assignee"),
        wide: true,
        value: (task) => task.assignee ?? "",
        cell: (task) =>
          task.assignee && (
            <span className="flex items-center gap-1.5 whitespace-nowrap">
              <Avatar name={task.assignee} emoji={emojiOf(agentOf(task.assigned_agent_id))} size={20} />
              {task.assignee}
            </span>
          ),
      },
      {
        id: "due",
        header: t("task.due"),
        wide: true,
        value: (task) => task.due_at ?? "",
        cell: (task) =>
          task.due_at && (
            <span className={`whitespace-nowrap ${isOverdue(task, timeZone) ? "font-medium text-bad" : ""}`}>
              {shortDate(parseTime(task.due_at), timeZone)}
            </span>
          ),
      },
      {
        id: "updated",
        header: t("common.updated"),
        wide: true,
        value: (task) => task.updated_at,
        cell: (task) => <Time at={task.updated_at} className="whitespace-nowrap text-muted" />,
      },
    ],
    [peek, timeZone, agentOf],
  );
  return (
    <div className="flex h-full flex-col gap-3 p-4">
      {chosen.length > 0 && (
        <BulkBar tasks={chosen} choose={(next) => setSelected(new Set(next.map(({ id }) => id)))} />
      )}
      <DataTable<Task>
        label={t("board.table")}
        filtered
        rows={tasks}
        columns={columns}
        selection={canWrite ? { selected, change: setSelected, name: taskName } : undefined}
        empty={<Empty icon={<SquareKanban size={20} />} title={t("common.nothingFound")} />}
      />
    </div>
  );
}
