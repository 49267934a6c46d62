import type { BoardSnapshot, TaskUpdate } from "./types";

/** Who has a task: an agent, a person, or nobody. */
export interface Assigned {
  assigned_agent_id?: string | null;
  assigned_user_id?: string | null;
}

/** Those who can have tasks of a board. */
export type Team = Pick<BoardSnapshot, "agents" | "people">;

/** The id of who has a task; empty where nobody has. */
export function assigneeOf(task: Assigned): string {
  return task.assigned_user_id ?? task.assigned_agent_id ?? "";
}

/** What who has a task is called. */
export function assigneeName({ agents, people }: Team, task: Assigned): string | null {
  const id = assigneeOf(task);
  return [...people, ...agents].find((one) => one.id === id)?.name ?? null;
}

/** Who a task is given to, as it is sent. */
type Given = Pick<TaskUpdate, "assigned_agent_id" | "assigned_user_id">;

/** The change that gives a task to whoever has this id, or to nobody where it is empty. */
export function assignTo({ people }: Pick<Team, "people">, id: string): Given {
  if (!id) return { assigned_agent_id: null, assigned_user_id: null };
  return people.some((person) => person.id === id) ? { assigned_user_id: id } : { assigned_agent_id: id };
}
