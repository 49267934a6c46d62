import { weight } from "./asked";
import type { InboxItem } from "./items";

/** What an item is one of many of: approvals of the same step are decided together more often than not. */
export function kindOf(item: InboxItem): string {
  return item.kind === "approval" ? item.approval.action_type : item.id;
}

const weightOf = (item: InboxItem) => (item.kind === "approval" ? weight(item.approval) : 0);

/** What is dangerous or urgent first; equal steps beside one another, where the newest of them would be. */
export function arranged(newestFirst: readonly InboxItem[]): InboxItem[] {
  const groups = new Map<string, InboxItem[]>();
  for (const item of newestFirst) {
    const name = `${weightOf(item)} ${kindOf(item)}`;
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  const first = (group: InboxItem[]) => (group[0] ? weightOf(group[0]) : 0);
  return [...groups.values()].toSorted((a, b) => first(b) - first(a)).flat();
}

/** Fewer equal steps than this need no heading. */
const FEW = 3;

/** The equal steps that begin with this item, where there are so many that they have a heading. */
export function groupAt(items: readonly InboxItem[], at: number): InboxItem[] | undefined {
  const item = items[at];
  const before = items[at - 1];
  if (item?.kind !== "approval" || (before && kindOf(before) === kindOf(item))) return undefined;
  const end = items.findIndex((other, index) => index > at && kindOf(other) !== kindOf(item));
  const group = items.slice(at, end < 0 ? undefined : end);
  return group.length >= FEW ? group : undefined;
}
