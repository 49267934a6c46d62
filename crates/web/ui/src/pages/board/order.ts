import type { Task } from "@/api/types";

export const ORDERS = ["updated", "created", "priority", "due", "key", "title"] as const;

const RANK: Record<string, number> = { urgent: 0, high: 1, medium: 2, low: 3 };

/** Timestamps are in order when their texts are. */
function ascending(a: string, b: string) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares two tasks. Without a wish the newest change comes first. */
export function byOrder(order: string | undefined): (a: Task, b: Task) => number {
  const newest = (a: Task, b: Task) => ascending(b.updated_at, a.updated_at);
  switch (order) {
    case "created":
      return (a, b) => ascending(b.created_at, a.created_at);
    case "priority":
      return (a, b) => (RANK[a.priority] ?? 2) - (RANK[b.priority] ?? 2) || newest(a, b);
    case "due":
      return (a, b) => ascending(a.due_at ?? "9", b.due_at ?? "9") || newest(a, b);
    case "key":
      return (a, b) => a.number - b.number;
    case "title":
      return (a, b) => a.title.localeCompare(b.title);
    default:
      return newest;
  }
}
