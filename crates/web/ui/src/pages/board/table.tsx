import { SquareKanban } from "lucide-react";
import { useMemo } from "react";
import { PRIORITIES, STATUSES, type Task } from "@/api/types";
import type { BoardSearch } from "@/app/search";
import { t } from "@/i18n";
import { Avatar } from "@/ui/avatar";
import { Badge } from "@/ui/badge";
import { type Column, DataTable, ROW_LINK } from "@/ui/data-table";
import { Empty } from "@/ui/states";
import { parseTime, shortDate, Time } from "@/ui/time";
import { emojiOf } from "../agents/profile";
import { isOverdue } from "../task/due";
import { TagDot } from "../task/tag-dot";
import { priorityIcon, priorityName, statusIcon, statusName, taskName } from "../task/words";
import { useBoard } from "./context";
import { nextOrder, orderOf } from "./order";
import { idOf, useTableColumns } from "./table-columns";

interface Props {
  /** In their order. */
  tasks: Task[];
  peeked: string | undefined;
  selected: ReadonlySet<string>;
  select(selected: ReadonlySet<string>): void;
  sort: string | undefined;
  cols: string | undefined;
  show(change: Partial<BoardSearch>, replace?: boolean): void;
}

export default function TaskTable({ tasks, peeked, selected, select, sort, cols, show }: Props) {
  const { snapshot, peek, timeZone, canWrite, agentOf } = useBoard();
  const { fields, shown } = useTableColumns(snapshot.board.id, cols, show);
  const columns = useMemo<Column<Task>[]>(() => {
    const known: Column<Task>[] = [
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
        className: "w-full min-w-48 max-w-0",
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
      {
        id: "created",
        header: t("common.created"),
        wide: true,
        value: (task) => task.created_at,
        cell: (task) => <Time at={task.created_at} className="whitespace-nowrap text-muted" />,
      },
      {
        id: "tags",
        header: t("task.tags"),
        wide: true,
        value: (task) => task.tags.map(({ name }) => name).join(", "),
        cell: (task) => (
          <span className="flex items-center gap-3 whitespace-nowrap">
            {task.tags.map((tag) => (
              <span key={tag.id} className="flex items-center gap-1.5">
                <TagDot color={tag.color} />
                {tag.name}
              </span>
            ))}
          </span>
        ),
      },
      ...fields.map(
        (field): Column<Task> => ({
          id: idOf(field),
          header: field.label,
          wide: true,
          className: "max-w-56 truncate",
          value: (task) => inWords(task.custom_field_values?.[field.field_key]),
        }),
      ),
    ];
    return known.filter(({ id }) => id === "title" || shown.includes(id));
  }, [peek, timeZone, agentOf, fields, shown]);
  const { by, ascending } = orderOf(sort);
  return (
    <div className="flex h-full flex-col gap-3 p-4 max-md:p-3">
      <DataTable<Task>
        label={t("board.table")}
        filtered
        layout="tasks"
        rows={tasks}
        columns={columns}
        current={peeked}
        order={{ by, ascending, change: (wanted) => show({ sort: nextOrder(sort, wanted) }, true) }}
        selection={canWrite ? { selected, change: select, name: taskName } : undefined}
        empty={<Empty icon={<SquareKanban size={20} />} title={t("common.nothingFound")} />}
      />
    </div>
  );
}

/** A value of any type in a line. */
function inWords(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return t(value ? "common.yes" : "common.no");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
