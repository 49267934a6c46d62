import { Copy, ExternalLink, Link as LinkIcon, MoreHorizontal, Trash2, UserX } from "lucide-react";
import { type ComponentProps, cloneElement, memo, type ReactElement, useRef } from "react";
import { PRIORITIES, STATUSES, type Task } from "@/api/types";
import { t } from "@/i18n";
import { Avatar } from "@/ui/avatar";
import { copy } from "@/ui/copy";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/menu";
import { workersOf } from "../task/assignable";
import { taskAddress } from "../task/key";
import { priorityIcon, priorityName, statusIcon, statusName, taskName } from "../task/words";
import { useBoard } from "./context";
import { obstacle } from "./rules";

interface Props {
  task: Task;
  open: boolean;
  onOpenChange(open: boolean): void;
}

/** What can be done with a task where dragging is not at hand: on touch screens and by keyboard. */
export const CardMenu = memo(function CardMenu({ task, open, onOpenChange }: Props) {
  // Most menus of a long column are never opened: before the first time there is only the button.
  const used = useRef(false);
  used.current ||= open;
  const trigger: ReactElement<ComponentProps<"button">> = (
    <button
      type="button"
      tabIndex={-1}
      aria-label={t("board.cardMenu", { title: taskName(task) })}
      className="absolute right-1.5 top-1.5 flex size-6 items-center justify-center rounded-md bg-surface text-muted opacity-0 hover:bg-hover group-hover:opacity-100 focus:opacity-100 data-[state=open]:opacity-100 pointer-coarse:size-9 pointer-coarse:opacity-100"
    >
      <MoreHorizontal size={15} />
    </button>
  );
  if (!used.current) {
    return cloneElement(trigger, {
      "aria-haspopup": "menu",
      "aria-expanded": false,
      onClick: () => onOpenChange(true),
    });
  }
  return (
    <Menu
      open={open}
      onOpenChange={onOpenChange}
      align="end"
      // The card, wherever it is by then, so that the next key reaches it.
      returnTo={() => document.querySelector<HTMLElement>(`[data-card="${task.id}"]`)}
      trigger={trigger}
    >
      {open && <Items task={task} />}
    </Menu>
  );
});

function Items({ task }: { task: Task }) {
  const { snapshot, move, change, remove, peek } = useBoard();
  return (
    <>
      <MenuItem icon={<ExternalLink size={14} />} onSelect={() => peek(task)}>
        {t("common.open")}
      </MenuItem>
      <MenuLabel>{t("board.moveTo")}</MenuLabel>
      {STATUSES.map((status) => {
        const found = obstacle(task, status, snapshot);
        return (
          <MenuItem
            key={status}
            icon={statusIcon(status)}
            checked={task.status === status}
            note={found && t(found.reason)}
            onSelect={() => move(task, status)}
          >
            {statusName(status)}
          </MenuItem>
        );
      })}
      <MenuLabel>{t("task.priority")}</MenuLabel>
      {PRIORITIES.map((priority) => (
        <MenuItem
          key={priority}
          icon={priorityIcon(priority)}
          checked={task.priority === priority}
          onSelect={() =>
            change(
              task,
              { priority },
              t("task.priorityIs", { title: taskName(task), priority: priorityName(priority) }),
            )
          }
        >
          {priorityName(priority)}
        </MenuItem>
      ))}
      <MenuLabel>{t("task.assignee")}</MenuLabel>
      {[{ id: null, name: t("task.nobody") }, ...workersOf(snapshot.agents)].map(({ id, name }) => (
        <MenuItem
          key={id}
          icon={id ? <Avatar name={name} size={16} /> : <UserX size={14} />}
          checked={(task.assigned_agent_id ?? null) === id}
          onSelect={() => change(task, { assigned_agent_id: id }, t("task.saved"))}
        >
          {name}
        </MenuItem>
      ))}
      <MenuLine />
      <CopyItems task={task} />
      <MenuItem icon={<Trash2 size={14} />} danger onSelect={() => remove(task)}>
        {t("common.delete")}
      </MenuItem>
    </>
  );
}

function CopyItems({ task: { key } }: { task: Task }) {
  if (!key) return null;
  return (
    <>
      <MenuItem icon={<Copy size={14} />} onSelect={() => void copy(key)}>
        {t("task.copyKey")}
      </MenuItem>
      <MenuItem icon={<LinkIcon size={14} />} onSelect={() => void copy(taskAddress(key))}>
        {t("task.copyLink")}
      </MenuItem>
    </>
  );
}
