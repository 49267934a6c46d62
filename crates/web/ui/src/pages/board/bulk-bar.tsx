import { useQuery } from "@tanstack/react-query";
import { Trash2, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { assigneeOf, assignTo } from "@/api/assignee";
import * as queries from "@/api/queries";
import { PRIORITIES, STATUSES, type Task, type TaskUpdate } from "@/api/types";
import { t } from "@/i18n";
import { Button, IconButton } from "@/ui/button";
import { Menu, MenuItem } from "@/ui/menu";
import { Picker } from "@/ui/picker";
import { useAssigneeOptions } from "../task/assignable";
import { tagOptions } from "../task/tag-dot";
import { priorityIcon, priorityName, statusIcon, statusName } from "../task/words";
import { changeAll, deleteAll } from "./bulk";
import { useBoard } from "./context";

interface Props {
  tasks: Task[];
  /** Chooses these instead. */
  choose(tasks: Task[]): void;
}

/** What can be done with all the chosen tasks at once. Those that were refused stay chosen. */
export default function BulkBar({ tasks, choose }: Props) {
  const { snapshot } = useBoard();
  const { board } = snapshot;
  const assignees = useAssigneeOptions(snapshot);
  const { data: tags = [] } = useQuery(queries.tags);
  const [busy, setBusy] = useState(false);
  const run = async (act: () => Promise<Task[]>) => {
    setBusy(true);
    choose(await act());
    setBusy(false);
  };
  const change = (updateOf: (task: Task) => TaskUpdate) =>
    void run(() => changeAll(board.id, tasks, updateOf, "bulk.changed"));
  const every = (has: (task: Task) => boolean) => tasks.every(has);
  const common = (of: (task: Task) => string[]) =>
    tasks.slice(1).reduce((shared, task) => shared.filter((id) => of(task).includes(id)), tasks[0] ? of(tasks[0]) : []);
  const onAll = common(({ tag_ids }) => tag_ids);
  const button = (label: string) => (
    <Button size="sm" disabled={busy}>
      {label}
    </Button>
  );
  const menu = (label: string, items: ReactNode) => <Menu trigger={button(label)}>{items}</Menu>;
  return (
    <div
      role="toolbar"
      aria-label={t("common.selected", { count: tasks.length })}
      aria-busy={busy}
      className="flex flex-wrap items-center gap-2 rounded-lg border border-line bg-accent-soft px-3 py-2 text-sm"
    >
      <span className="mr-auto tabular-nums">{t("common.selected", { count: tasks.length })}</span>
      {menu(
        t("board.moveTo"),
        STATUSES.map((status) => (
          <MenuItem
            key={status}
            icon={statusIcon(status)}
            checked={every((task) => task.status === status)}
            onSelect={() => void run(() => changeAll(board.id, tasks, () => ({ status }), "bulk.moved"))}
          >
            {statusName(status)}
          </MenuItem>
        )),
      )}
      <Picker
        single
        label={t("task.assignee")}
        options={assignees}
        chosen={common((task) => [assigneeOf(task)])}
        onChange={([id = ""]) => change(() => assignTo(snapshot, id))}
        trigger={button(t("task.assignee"))}
      />
      {menu(
        t("task.priority"),
        PRIORITIES.map((priority) => (
          <MenuItem
            key={priority}
            icon={priorityIcon(priority)}
            checked={every((task) => task.priority === priority)}
            onSelect={() => change(() => ({ priority }))}
          >
            {priorityName(priority)}
          </MenuItem>
        )),
      )}
      {tags.length > 0 && (
        <Picker
          label={t("task.tags")}
          options={tagOptions(tags)}
          chosen={onAll}
          onChange={(next) => {
            const gone = onAll.filter((id) => !next.includes(id));
            const added = next.filter((id) => !onAll.includes(id));
            change(({ tag_ids }) => ({
              tag_ids: [...tag_ids.filter((id) => !gone.includes(id) && !added.includes(id)), ...added],
            }));
          }}
          trigger={button(t("task.tags"))}
        />
      )}
      <IconButton
        label={t("common.delete")}
        icon={<Trash2 size={15} />}
        disabled={busy}
        onClick={() => void run(() => deleteAll(board.id, tasks))}
      />
      <IconButton label={t("common.unselect")} icon={<X size={14} />} onClick={() => choose([])} />
    </div>
  );
}
