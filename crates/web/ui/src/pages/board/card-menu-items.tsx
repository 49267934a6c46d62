import { CalendarClock, Copy, ExternalLink, Link as LinkIcon, SignalHigh, Tag, Trash2, UserPlus } from "lucide-react";
import { STATUSES, type Task } from "@/api/types";
import { t } from "@/i18n/board";
import { copy } from "@/ui/copy";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/menu";
import type { MenuOnDemandProps } from "@/ui/on-demand-menu";
import { taskAddress } from "../task/key";
import { statusIcon, statusName } from "../task/words";
import { useBoard } from "./context";
import { obstacle } from "./rules";

/** The menu of a card. */
export default function CardMenuItems({ task, ...menu }: MenuOnDemandProps & { task: Task }) {
  return (
    <Menu
      {...menu}
      align="end"
      // The card, wherever it is by then, so that the next key reaches it.
      returnTo={() => document.querySelector<HTMLElement>(`[data-card="${task.id}"]`)}
    >
      {menu.open && <Items task={task} />}
    </Menu>
  );
}

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
