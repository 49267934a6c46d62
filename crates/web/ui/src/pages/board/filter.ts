import { assigneeOf } from "@/api/assignee";
import { PRIORITIES, type Task } from "@/api/types";
import { isOverdue } from "../task/due";

/** Words of a filter: `assignee:ada`, `-tag:docs`, `is:blocked`; all else is searched for in keys, titles and descriptions. */
export interface Term {
  field: string;
  value: string;
  not: boolean;
}

export const FIELDS = ["status", "priority", "assignee", "tag", "is"] as const;

export function parseFilter(text: string): Term[] {
  return [...text.matchAll(/(-?)(?:(\w+):)?(?:"([^"]*)"|(\S+))/g)].map(([, minus, field, quoted, plain]) => {
    const value = (quoted ?? plain ?? "").toLowerCase();
    const known = field !== undefined && (FIELDS as readonly string[]).includes(field.toLowerCase());
    return known
      ? { field: field.toLowerCase(), value, not: minus === "-" }
      : { field: "text", value: field ? `${field}:${value}`.toLowerCase() : value, not: minus === "-" };
  });
}

/** Who looks at the board: what is overdue is so in their time zone, and `assignee:me` means them. */
export interface Viewer {
  timeZone: string;
  id?: string;
}

/** Whether a task passes every term. */
export function matches(task: Task, terms: Term[], viewer: Viewer): boolean {
  return terms.every((term) => fits(task, term, viewer) !== term.not);
}

function fits(task: Task, { field, value }: Term, viewer: Viewer): boolean {
  switch (field) {
    case "status":
      return task.status === value || task.status.replace("_", "-") === value;
    case "priority":
      return task.priority.toLowerCase() === value;
    case "assignee":
      if (value === "none") return !assigneeOf(task);
      if (value === "me" && viewer.id) return task.assigned_user_id === viewer.id;
      return isCalled(task.assignee ?? "", value);
    case "tag":
      return task.tags.some(({ slug, name }) => slug === value || name.toLowerCase() === value);
    case "is":
      return is(task, value, viewer.timeZone);
    default:
      return `${task.key ?? ""}\n${task.title}\n${task.description ?? ""}`.toLowerCase().includes(value);
  }
}

/** By the whole name or by whole words of it: `Agent 1` is not `Agent 10`. */
function isCalled(name: string, sought: string): boolean {
  const words = name.toLowerCase().split(/\s+/);
  return sought.split(/\s+/).every((word) => words.includes(word));
}

export const STATES = ["open", "blocked", "waiting", "overdue", "unassigned"] as const;

function is(task: Task, what: string, timeZone: string): boolean {
  switch (what) {
    case "blocked":
      return task.is_blocked;
    case "overdue":
      return isOverdue(task, timeZone);
    case "waiting":
      return task.approvals_pending_count > 0;
    case "unassigned":
      return !assigneeOf(task);
    case "open":
      return task.status !== "done";
    default:
      return false;
  }
}

/** A term as it is written in a filter. */
export function term(field: string, value: string, not = false) {
  return `${not ? "-" : ""}${field}:${/\s/.test(value) ? `"${value}"` : value}`;
}

/** The terms of a filter as they are written in it. */
export function termsOf(filter: string): string[] {
  return filter.match(/-?(?:\w+:)?(?:"[^"]*"|\S+)/g) ?? [];
}

/** The filter with this term in place of another of the same meaning, or without it when it was there. */
export function toggled(filter: string, wanted: string): string {
  const all = termsOf(filter);
  const opposite = wanted.startsWith("-") ? wanted.slice(1) : `-${wanted}`;
  const kept = all.filter((other) => other !== wanted && other !== opposite);
  return (all.includes(wanted) ? kept : [...kept, wanted]).join(" ");
}

/** A filter in two parts: terms of fields, which are shown as such, and the words that are searched for. */
export function parted(filter: string): { terms: string[]; words: string } {
  const all = termsOf(filter);
  const isTerm = (written: string) => parseFilter(written)[0]?.field !== "text";
  return { terms: all.filter(isTerm), words: all.filter((written) => !isTerm(written)).join(" ") };
}

/** A value that can be filtered by. */
export interface FilterChoice {
  field: (typeof FIELDS)[number];
  value: string;
  label: string;
}

/** Whether a term means something that can be found: `is:blockd` does not. */
export function isKnown({ field, value }: Term, choices: FilterChoice[]): boolean {
  switch (field) {
    case "assignee":
      return (
        value === "none" ||
        value === "me" ||
        choices.some((choice) => choice.field === field && isCalled(choice.label, value))
      );
    case "is":
      return (STATES as readonly string[]).includes(value);
    default:
      return choices.some(
        (choice) =>
          choice.field === field &&
          [choice.value, choice.label.toLowerCase(), choice.value.replace("_", "-")].includes(value),
      );
  }
}

/** How many tasks each value would leave, in one pass over the tasks. */
export function countsOf(tasks: Task[], { timeZone, id }: Viewer): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (field: string, value: string) => {
    const name = `${field}:${value}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  for (const task of tasks) {
    add("status", task.status);
    add("priority", task.priority.toLowerCase());
    if (task.assignee) add("assignee", task.assignee.toLowerCase());
    if (id && task.assigned_user_id === id) add("assignee", "me");
    for (const { slug } of task.tags) add("tag", slug);
    for (const state of STATES) if (is(task, state, timeZone)) add("is", state);
  }
  return counts;
}

/** Priorities that a board has, ours and those of other clients. */
export function prioritiesOf(tasks: Task[]): string[] {
  return [...new Set<string>([...PRIORITIES, ...tasks.map(({ priority }) => priority.toLowerCase())])];
}
