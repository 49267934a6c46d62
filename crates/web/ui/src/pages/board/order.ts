import { naturally } from "@/api/names";
import { PRIORITIES, STATUSES, type Task } from "@/api/types";

export const ORDERS = [
  "updated",
  "manual",
  "created",
  "priority",
  "due",
  "key",
  "title",
  "status",
  "assignee",
] as const;

/** What a task is ordered by; nothing where it has no such value. */
type ValueOf = (task: Task) => string | number | undefined;

const rank = (words: readonly string[], word: string, otherwise: number) => {
  const at = words.indexOf(word.toLowerCase());
  return at < 0 ? otherwise : at;
};

const VALUES: Record<string, ValueOf> = {
  updated: (task) => task.updated_at,
  created: (task) => task.created_at,
  // A priority that nobody knows ranks as medium.
  priority: (task) => rank(PRIORITIES, task.priority, PRIORITIES.indexOf("medium")),
  due: (task) => task.due_at ?? undefined,
  key: (task) => task.number,
  title: (task) => task.title,
  status: (task) => rank(STATUSES, task.status, 0),
  assignee: (task) => task.assignee ?? undefined,
  tags: (task) => task.tags[0]?.name,
  manual: (task) => task.rank,
};

/** The order that people give the board. */
export const MANUAL = "manual";

/** These begin with the newest. */
const NEWEST_FIRST = ["updated", "created"];

/** The custom fields are ordered by `field:` and their keys. */
const FIELD = "field:";

function valuesOf(by: string): ValueOf | undefined {
  if (!by.startsWith(FIELD)) return VALUES[by];
  const key = by.slice(FIELD.length);
  return (task) => {
    const value = task.custom_field_values?.[key];
    if (value === null || value === undefined || value === "") return undefined;
    return typeof value === "number" ? value : String(value);
  };
}

/** An order as it is in the address: what it is by, and whether the other way round. */
export function orderOf(sort: string | undefined): { by: string; reversed: boolean; ascending: boolean } {
  const reversed = sort?.startsWith("-") ?? false;
  const wanted = (reversed ? sort?.slice(1) : sort) ?? "updated";
  const by = valuesOf(wanted) ? wanted : "updated";
  return { by, reversed, ascending: NEWEST_FIRST.includes(by) === reversed };
}

/** The order after somebody asks for this one: the other way round, and after that the usual one. */
export function nextOrder(sort: string | undefined, by: string): string | undefined {
  const now = orderOf(sort);
  if (now.by !== by || (sort === undefined && by !== "updated")) return by;
  return now.reversed ? undefined : `-${by}`;
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return naturally(String(a), String(b));
}

/** Compares two tasks. Without a wish the newest change comes first; what has no value comes last, either way round. */
export function byOrder(sort: string | undefined): (a: Task, b: Task) => number {
  const { by, ascending } = orderOf(sort);
  const value = valuesOf(by);
  const newest = (a: Task, b: Task) => (b.updated_at < a.updated_at ? -1 : b.updated_at > a.updated_at ? 1 : 0);
  if (by === "updated") return ascending ? (a, b) => newest(b, a) : newest;
  if (by === MANUAL) {
    // Ranks sort by their characters, as they do on the server.
    const ranked = (a: Task, b: Task) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : newest(a, b));
    return ascending ? ranked : (a, b) => ranked(b, a);
  }
  return (a, b) => {
    const [one, other] = [value?.(a), value?.(b)];
    if (one === undefined || other === undefined) {
      return Number(one === undefined) - Number(other === undefined) || newest(a, b);
    }
    return (ascending ? compare(one, other) : compare(other, one)) || newest(a, b);
  };
}
