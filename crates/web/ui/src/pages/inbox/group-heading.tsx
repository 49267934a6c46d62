import { t } from "@/i18n/home";
import { Button } from "@/ui/button";
import { actionName } from "./approval-words";
import type { InboxItem } from "./items";

interface Props {
  group: InboxItem[] | undefined;
  select(ids: string[]): void;
}

/** Stands above many equal steps, which can be chosen together. */
export function GroupHeading({ group, select }: Props) {
  const [first] = group ?? [];
  if (!group || first?.kind !== "approval") return null;
  const name = actionName(first.approval.action_type);
  return (
    <li className="flex items-center justify-between border-b border-line bg-sunken px-3.5 py-1 text-xs text-muted">
      <span className="truncate font-medium">{t("inbox.group", { name, count: group.length })}</span>
      <Button
        look="ghost"
        size="sm"
        aria-label={t("inbox.selectGroup", { name })}
        onClick={() => select(group.map(({ id }) => id))}
      >
        {t("common.select")}
      </Button>
    </li>
  );
}
