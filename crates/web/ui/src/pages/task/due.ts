import type { Task } from "@/api/types";
import { isoDate, parseTime } from "@/ui/time";

/** A task that is due today is not late before the day is over where the person is. */
export function isOverdue(task: Pick<Task, "due_at" | "status">, timeZone: string): boolean {
  if (!task.due_at || task.status === "done") return false;
  return isoDate(parseTime(task.due_at), timeZone) < isoDate(new Date(), timeZone);
}

/** The last second of a day in a timezone, as the API takes it. */
export function endOfDay(date: string, timeZone: string): string {
  // The zone's distance from UTC on that day, found by looking at the same moment in both.
  const utc = new Date(`${date}T23:59:59Z`);
  const there = new Date(
    `${new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(utc)}Z`,
  );
  return new Date(utc.getTime() - (there.getTime() - utc.getTime())).toISOString();
}
