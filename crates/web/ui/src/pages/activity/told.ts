import { type MessageKey, t } from "@/i18n";
import { parseTime, shortDate } from "@/ui/time";
import { priorityName, statusName } from "../task/words";

/** What an event says about a task, in the words of the person's language. */
export interface Told {
  /** The task's title, where the event says it. */
  title?: string;
  /** What was done, and each value before and after. */
  words: string[];
  /** The column that the task went to. */
  to?: string;
}

/** How the server puts it into words. Changed values follow, a line each: `priority: medium → high`. */
const MOVED = /^Task moved to (\w+): (.*)\.$/;
const UPDATED = /^Task updated: (.*)\.$/;
const CREATED = /^Task created(?: by lead)?: (.*)\.$/;
const RECALLED = /^Task returned to inbox: dependency reopened \((.*)\)\.$/;
const RELEASED = /^Dependency completion changed: (.*)\.$/;
const LEAD_TOLD = /^Lead agent notified for task: (.*)\.$/;
/** Of agents, who are named beside it. */
const OF_AGENTS: [RegExp, MessageKey][] = [
  [/^(?:Templates synced|Updated directly) for .*\.$/, "activity.filesBrought"],
  [/^Provisioned directly for .*\.$/, "activity.provisioned"],
  [/^Wakeup message sent to .*\.$/, "activity.woken"],
  [/^(?:Agent|Assignee) notified .*\.$/, "activity.toldOf"],
];
const VALUE = /^(status|title|priority|due|assignee): (.*) → (.*)$/;
const LOST_BOARD = /^because: (.*) may not write to the board any more$/;
const TAKEN_BACK = /^because: (.*?) (?:has been|has not been|is being) /;
const CHANGED = /^changed: (.+)$/;

export function told(message: string, timeZone: string): Told | undefined {
  const [head = "", ...lines] = message.split("\n");
  const words = lines.flatMap((line) => inWords(line, timeZone));
  const moved = MOVED.exec(head);
  if (moved?.[1]) {
    const known = lines.some((line) => line.startsWith("status: "));
    return { title: moved[2], to: moved[1], words: known ? words : [`→ ${statusName(moved[1])}`, ...words] };
  }
  const updated = UPDATED.exec(head);
  if (updated) return { title: updated[1], words: words.length > 0 ? words : [t("activity.updated")] };
  const created = CREATED.exec(head);
  if (created) return { title: created[1], words: [t("activity.created")] };
  const toLead = LEAD_TOLD.exec(head);
  if (toLead) return { title: toLead[1], words: [t("activity.leadTold")] };
  const ofAgent = OF_AGENTS.find(([pattern]) => pattern.test(head));
  if (ofAgent) return { words: [t(ofAgent[1])] };
  const other = RECALLED.exec(head)?.[1];
  if (other) return { to: "inbox", words: [t("activity.recalled", { title: other })] };
  const released = RELEASED.exec(head)?.[1];
  return released ? { words: [t("activity.released", { title: released })] } : undefined;
}

function inWords(line: string, timeZone: string): string[] {
  const [, field, from = "", to = ""] = VALUE.exec(line) ?? [];
  switch (field) {
    case "status":
      return [`${statusName(from)} → ${statusName(to)}`];
    case "priority":
      return [`${t("task.priority")}: ${priorityName(from)} → ${priorityName(to)}`];
    case "due":
      return [
        `${t("task.due")}: ${[from, to].map((at) => (/\d/.test(at) ? shortDate(parseTime(at), timeZone) : at)).join(" → ")}`,
      ];
    case "title":
      return [`${t("task.title")}: ${from} → ${to}`];
    case "assignee":
      return [
        `${t("task.assignee")}: ${[from, to].map((name) => (name === "–" ? t("task.nobody") : name)).join(" → ")}`,
      ];
  }
  const lost = LOST_BOARD.exec(line)?.[1];
  if (lost) return [t("activity.lostBoard", { name: lost })];
  const absent = TAKEN_BACK.exec(line)?.[1];
  if (absent) return [t("activity.takenBack", { name: absent })];
  const long = CHANGED.exec(line)?.[1]
    ?.split(", ")
    .flatMap((name) => LONG[name]?.() ?? []);
  return long ? [t("activity.changed", { what: long.join(", ") })] : [];
}

/** What is too long to show before and after. */
const LONG: Record<string, () => string> = {
  description: () => t("task.description"),
  tags: () => t("task.tags"),
  dependencies: () => t("task.dependencies"),
  fields: () => t("nav.customFields"),
};
