import { useDraggable } from "@dnd-kit/core";
import clsx from "clsx";
import { CalendarClock, Link2, ShieldQuestion } from "lucide-react";
import { memo, useState } from "react";
import type { Agent, Task } from "@/api/types";
import { t } from "@/i18n";
import { Avatar } from "@/ui/avatar";
import { Badge } from "@/ui/badge";
import { parseTime, shortDate } from "@/ui/time";
import { emojiOf } from "../agents/profile";
import { isOverdue } from "../task/due";
import { StaleChip } from "../task/stale-chip";
import { TagDot } from "../task/tag-dot";
import { priorityIcon, priorityName } from "../task/words";
import { CardMenu } from "./card-menu";
import { useBoard } from "./context";

interface Props {
  task: Task;
  /** The place that it is dragged from, where that is more than its column. */
  place?: string;
  /** Who has it. */
  agent: Agent | undefined;
  timeZone: string;
  canWrite: boolean;
  /** It can be reached with Tab; the others with the arrow keys. */
  reachable: boolean;
  chosen: boolean;
  /** Its panel is open. */
  peeked: boolean;
  open(task: Task): void;
  choose(task: Task, range: boolean): void;
}

/** A task on the board: drag it, or press a key on it. */
export const Card = memo(function Card({
  task,
  place,
  agent,
  timeZone,
  canWrite,
  reachable,
  chosen,
  peeked,
  open,
  choose,
}: Props) {
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({
    id: task.id,
    data: { task, place },
    disabled: !canWrite,
  });
  const [menu, setMenu] = useState(false);
  return (
    <div className="group relative">
      <div
        ref={setNodeRef}
        {...attributes}
        {...listeners}
        role="button"
        // biome-ignore lint/a11y/useValidAriaValues: takes away what a card has that cannot be dragged; it can still be opened.
        aria-disabled={undefined}
        aria-roledescription={t("board.card")}
        tabIndex={reachable ? 0 : -1}
        data-card={task.id}
        aria-pressed={chosen || undefined}
        aria-current={peeked || undefined}
        onClick={(event) => {
          if (canWrite && (event.shiftKey || event.ctrlKey || event.metaKey)) choose(task, event.shiftKey);
          else open(task);
        }}
        onKeyDown={(event) => {
          listeners?.onKeyDown?.(event);
          // Enter and space put a card down that is being carried.
          if (isDragging || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
          if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            open(task);
          } else if (event.key.toLowerCase() === "s" && canWrite) {
            event.preventDefault();
            setMenu(true);
          }
        }}
        onContextMenu={(event) => {
          // A long press on a touch screen begins to drag.
          if (!canWrite || (event.nativeEvent as PointerEvent).pointerType !== "mouse") return;
          event.preventDefault();
          setMenu(true);
        }}
        className={clsx(
          "rounded-lg border p-3 text-left shadow-1 select-none [-webkit-touch-callout:none]",
          "focus-visible:outline-offset-0",
          chosen || peeked ? "border-focus bg-accent-soft/50" : "border-line bg-surface hover:border-line-strong",
          chosen && "ring-1 ring-focus",
          isDragging && "opacity-40",
        )}
      >
        <CardFace task={task} emoji={emojiOf(agent)} timeZone={timeZone} />
      </div>
      {canWrite && <CardMenu task={task} open={menu} onOpenChange={setMenu} />}
    </div>
  );
});

interface FaceProps {
  task: Task;
  /** The sign of who has it. */
  emoji: string | undefined;
  timeZone: string;
}

/** What follows the pointer, and how many cards go with it. */
export function CarriedCard({ task, count }: { task: Task; count: number }) {
  const { timeZone, agentOf } = useBoard();
  return (
    <div className="relative cursor-grabbing rounded-lg border border-focus bg-surface p-3 shadow-3">
      {count > 1 && (
        <span className="absolute -right-2 -top-2 rounded-full bg-accent px-2 text-xs font-medium text-accent-fg">
          {count}
        </span>
      )}
      <CardFace task={task} emoji={emojiOf(agentOf(task.assigned_agent_id))} timeZone={timeZone} />
    </div>
  );
}

/** What a card shows. A drag tells every card, its face need not know. */
const CardFace = memo(function CardFace({ task, emoji, timeZone }: FaceProps) {
  const overdue = isOverdue(task, timeZone);
  return (
    <>
      <h3
        dir="auto"
        className="line-clamp-2 pr-5 text-sm leading-snug font-medium tracking-normal text-pretty wrap-anywhere"
      >
        {task.title}
      </h3>
      {(task.is_blocked || task.stale || task.approvals_pending_count > 0) && (
        <p className="mt-1.5 flex flex-wrap gap-1">
          {task.is_blocked && (
            <Badge tone="bad">
              <Link2 size={12} />
              {t("task.blockedBy", { count: task.blocked_by_task_ids.length })}
            </Badge>
          )}
          {task.approvals_pending_count > 0 && (
            <Badge tone="warn">
              <ShieldQuestion size={12} />
              {t("task.waits")}
            </Badge>
          )}
          <StaleChip task={task} timeZone={timeZone} />
        </p>
      )}
      <div className="mt-2 flex items-center gap-2 text-xs text-muted">
        <span className="whitespace-nowrap tabular-nums">{task.key}</span>
        <span title={priorityName(task.priority)}>
          {priorityIcon(task.priority)}
          <span className="sr-only">{priorityName(task.priority)}</span>
        </span>
        {task.tags.slice(0, 2).map((tag) => (
          <span key={tag.id} className="flex min-w-0 items-center gap-1">
            <TagDot color={tag.color} />
            <span className="truncate">{tag.name}</span>
          </span>
        ))}
        {task.tags.length > 2 && <span>+{task.tags.length - 2}</span>}
        <span className="ml-auto flex shrink-0 items-center gap-2">
          {task.due_at && (
            <span className={clsx("flex items-center gap-1", overdue && "font-medium text-bad")}>
              <CalendarClock size={12} />
              {overdue && <span className="sr-only">{t("task.overdue")}</span>}
              {shortDate(parseTime(task.due_at), timeZone)}
            </span>
          )}
          {task.assignee && (
            <span title={task.assignee} className="flex">
              <Avatar name={task.assignee} emoji={emoji} size={20} />
              <span className="sr-only">{task.assignee}</span>
            </span>
          )}
        </span>
      </div>
    </>
  );
});
