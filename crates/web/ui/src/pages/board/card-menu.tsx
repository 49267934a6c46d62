import {
  CalendarClock,
  Copy,
  ExternalLink,
  Link as LinkIcon,
  MoreHorizontal,
  SignalHigh,
  Tag,
  Trash2,
  UserPlus,
} from "lucide-react";
import { type ComponentProps, cloneElement, memo, type ReactElement, useRef } from "react";
import { STATUSES, type Task } from "@/api/types";
import { t } from "@/i18n/board";
import { copy } from "@/ui/copy";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/menu";
import { taskAddress } from "../task/key";
import { statusIcon, statusName, taskName } from "../task/words";
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

const PROPERTIES = [
  { property: "assignee", label: "quick.assign", keys: "a", icon: <UserPlus size={14} /> },
  { property: "priority", label: "quick.priorityOf", keys: "p", icon: <SignalHigh size={14} /> },
  { property: "tags", label: "quick.tagsOf", keys: "l", icon: <Tag size={14} /> },
  { property: "due", label: "quick.dueOf", keys: "d", icon: <CalendarClock size={14} /> },
] as const;

function Items({ task }: { task: Task }) {
  const { snapshot, move, ask, remove, peek } = useBoard();
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
      <MenuLine />
      {PROPERTIES.map(({ property, label, keys, icon }) => (
        <MenuItem key={property} icon={icon} keys={keys} onSelect={() => ask(property, task)}>
          {t(label)}
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
