import type { Task } from "@/api/types";
import { isoDate, momentIn, parseTime } from "@/ui/time";

/** A task that is due today is not late before the day is over where the person is. */
export function isOverdue(task: Pick<Task, "due_at" | "status">, timeZone: string): boolean {
  if (!task.due_at || task.status === "done") return false;
  return isoDate(parseTime(task.due_at), timeZone) < isoDate(new Date(), timeZone);
}

/** The last second of a day in a timezone, as the API takes it. */
export const endOfDay = (date: string, timeZone: string): string => momentIn(date, "23:59:59", timeZone);
