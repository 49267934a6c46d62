import { type Agent, PRIORITIES, type Task } from "@/api/types";
import { isOverdue } from "../task/due";

/** Words of a filter: `assignee:ada`, `-tag:docs`, `is:blocked`; all else is searched for in keys, titles and descriptions. */
interface Term {
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

/** Whether a task passes every term. */
export function matches(task: Task, terms: Term[], timeZone: string): boolean {
  return terms.every((term) => fits(task, term, timeZone) !== term.not);
}

function fits(task: Task, { field, value }: Term, timeZone: string): boolean {
  switch (field) {
    case "status":
      return task.status === value || task.status.replace("_", "-") === value;
    case "priority":
      return task.priority.toLowerCase() === value;
    case "assignee":
      return value === "none" ? !task.assigned_agent_id : (task.assignee ?? "").toLowerCase().includes(value);
    case "tag":
      return task.tags.some(({ slug, name }) => slug === value || name.toLowerCase() === value);
    case "is":
      return is(task, value, timeZone);
    default:
      return `${task.key ?? ""}\n${task.title}\n${task.description ?? ""}`.toLowerCase().includes(value);
  }
}

function is(task: Task, what: string, timeZone: string): boolean {
  switch (what) {
    case "blocked":
      return task.is_blocked;
    case "overdue":
      return isOverdue(task, timeZone);
    case "waiting":
      return task.approvals_pending_count > 0;
    case "unassigned":
      return !task.assigned_agent_id;
    case "open":
      return task.status !== "done";
    default:
      return false;
  }
}

/** A term as it is written in a filter. */
export function term(field: string, value: string) {
  return `${field}:${/\s/.test(value) ? `"${value}"` : value}`;
}

/** The terms of a filter as they are written in it. */
export function termsOf(filter: string): string[] {
  return filter.match(/-?(?:\w+:)?(?:"[^"]*"|\S+)/g) ?? [];
}

/** The filter with this term, or without it when it was there. */
export function toggled(filter: string, wanted: string): string {
  const kept = termsOf(filter);
  return (kept.includes(wanted) ? kept.filter((other) => other !== wanted) : [...kept, wanted]).join(" ");
}

/** Values to choose from, as the board has them. */
export function choices(tasks: Task[], agents: Agent[]) {
  const tags = new Map(tasks.flatMap((task) => task.tags.map((tag) => [tag.slug, tag] as const)));
  const priorities = [...new Set<string>([...PRIORITIES, ...tasks.map(({ priority }) => priority.toLowerCase())])];
  return { agents: agents.filter((agent) => !agent.is_gateway_main), tags: [...tags.values()], priorities };
}
