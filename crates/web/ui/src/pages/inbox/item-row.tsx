import clsx from "clsx";
import { AtSign, Bot, ShieldQuestion, UserCheck } from "lucide-react";
import { t } from "@/i18n/home";
import { Badge } from "@/ui/badge";
import { plainText } from "@/ui/plain-text";
import { Time } from "@/ui/time";
import { useKnownKey } from "../task/key";
import { statusName } from "../task/words";
import { actionName, nameOf, reasonOf } from "./approval-words";
import { askedOf } from "./asked";
import type { InboxItem } from "./items";
import { Levels } from "./request";

interface Props {
  item: InboxItem;
  open(): void;
  current?: boolean;
  selected?: boolean;
  toggle?(): void;
  /** Cannot be selected. */
  plain?: boolean;
}

export function ItemRow({ item, open, current, selected, toggle, plain }: Props) {
  const selectable = item.kind === "approval" && !plain;
  const { icon, title, text } = summary(item);
  const key = useItemKey(item);
  return (
    <li className={clsx("group relative flex border-b border-line last:border-0", current && "bg-hover")}>
      {selectable && (
        <input
          type="checkbox"
          aria-label={t("common.selectItem", { title })}
          checked={selected ?? false}
          onChange={toggle}
          className={clsx(
            "absolute left-3.5 top-3.5 z-10 size-4 accent-(--accent)",
            !selected && "opacity-0 focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100",
          )}
        />
      )}
      <button
        type="button"
        data-item={item.id}
        aria-current={current || undefined}
        onClick={open}
        className="flex min-w-0 flex-1 gap-3 px-3.5 py-3 text-left -outline-offset-2"
      >
        <span
          className={clsx(
            "mt-0.5 shrink-0",
            selectable && (selected ? "opacity-0" : "group-hover:opacity-0 pointer-coarse:opacity-0"),
          )}
        >
          {icon}
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline justify-between gap-3">
            <span className="min-w-0 flex-1 truncate text-sm font-medium">
              {key && <span className="mr-1.5 text-xs font-normal text-muted tabular-nums">{key}</span>}
              {title}
            </span>
            {item.kind === "task" && item.isNew && <Badge tone="info">{t("inbox.new")}</Badge>}
            {item.kind === "approval" && (
              <span className="flex shrink-0 gap-1">
                <Levels approval={item.approval} />
              </span>
            )}
            <Time at={item.at} className="shrink-0 text-xs text-muted" />
          </span>
          <span className="line-clamp-2 text-sm text-muted">{text}</span>
        </span>
      </button>
    </li>
  );
}

/** The key of the task that the item is about. */
function useItemKey(item: InboxItem) {
  const comment = item.kind === "mention" ? item.comment : undefined;
  const own = item.kind === "task" ? item.task.key : undefined;
  const approval = item.kind === "approval" ? item.approval : undefined;
  const known = useKnownKey(comment?.board_id ?? approval?.board_id, comment?.task_id ?? approval?.task_ids[0]);
  return own ?? known;
}

/** What the item is called. */
export function titleOf(item: InboxItem): string {
  return summary(item).title;
}

function summary(item: InboxItem) {
  switch (item.kind) {
    case "approval": {
      const { approval } = item;
      const { risk, commands } = askedOf(approval);
      return {
        icon: <ShieldQuestion size={16} className={risk === "high" ? "text-bad-dot" : "text-warn-dot"} />,
        title: nameOf(approval),
        text: commands[0] ?? (plainText(reasonOf(approval)) || actionName(approval.action_type)),
      };
    }
    case "mention":
      return {
        icon: <AtSign size={16} className="text-info-dot" />,
        title: t("inbox.mentionedBy", {
          name: item.comment.agent_name ?? item.comment.user_name ?? t("common.person"),
        }),
        text: plainText(item.comment.message ?? ""),
      };
    case "task":
      return {
        icon: <UserCheck size={16} className="text-info-dot" />,
        title: item.task.title,
        text: t("inbox.givenToYou", { column: statusName(item.task.status) }),
      };
    case "agent":
      return {
        icon: <Bot size={16} className="text-bad-dot" />,
        title: item.agent.name,
        text: item.agent.cause ?? t("inbox.agentSilent"),
      };
  }
}
