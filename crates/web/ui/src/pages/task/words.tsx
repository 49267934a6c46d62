import { ArrowDown, ArrowUp, CheckCircle2, ChevronsUp, CircleDashed, CircleDotDashed, Eye, Minus } from "lucide-react";
import type { Priority, Task, TaskStatus } from "@/api/types";
import { type MessageKey, t } from "@/i18n";

const STATUS_ICONS = {
  inbox: <CircleDashed size={14} className="text-muted" />,
  in_progress: <CircleDotDashed size={14} className="text-warn-dot" />,
  review: <Eye size={14} className="text-info-dot" />,
  done: <CheckCircle2 size={14} className="text-ok-dot" />,
};

/** How a task is called where only one line is: `REL-12 Write the notes`. */
export function taskName({ key, title }: Pick<Task, "key" | "title">) {
  return key ? `${key} ${title}` : title;
}

export function statusIcon(status: string) {
  return STATUS_ICONS[status as TaskStatus] ?? STATUS_ICONS.inbox;
}

export function statusName(status: string) {
  return t(`status.${status}` as MessageKey);
}

const PRIORITY_ICONS = {
  urgent: <ChevronsUp size={14} className="text-bad-dot" />,
  high: <ArrowUp size={14} className="text-bad-dot" />,
  medium: <Minus size={14} className="text-warn-dot" />,
  low: <ArrowDown size={14} className="text-muted" />,
};

export function priorityIcon(priority: string) {
  return PRIORITY_ICONS[priority as Priority] ?? PRIORITY_ICONS.medium;
}

/** Clients may use other words than ours; they are shown as they are. */
export function priorityName(priority: string) {
  return priority in PRIORITY_ICONS ? t(`priority.${priority}` as MessageKey) : priority;
}
