import { createContext, useContext, useMemo } from "react";
import type { Agent, BoardSnapshot, Task, TaskStatus, TaskUpdate } from "@/api/types";
import type { Viewer } from "./filter";

/** What one key changes. */
export type Property = "assignee" | "priority" | "tags" | "due";

/** What cards and their menus need of the board around them. */
export interface BoardContext {
  snapshot: BoardSnapshot;
  agentOf(id: string | null | undefined): Agent | undefined;
  canWrite: boolean;
  timeZone: string;
  /** Who looks at it. */
  viewer: Viewer;
  /** Moves a task to a column, with what else changes by that. */
  move(task: Task, to: TaskStatus, also?: TaskUpdate): void;
  /** Answers whether it was changed. */
  change(task: Task, update: TaskUpdate, done: string): Promise<boolean>;
  /** Asks for a new value of a property, beside the card. */
  ask(property: Property, task: Task): void;
  remove(task: Task): void;
  peek(task: Task): void;
}

export const BoardContext = createContext<BoardContext | undefined>(undefined);

export function useBoard(): BoardContext {
  const context = useContext(BoardContext);
  if (!context) throw new Error("outside of a board");
  return context;
}

/** Finds agents by their ids. */
export function useAgentOf(agents: Agent[]): BoardContext["agentOf"] {
  return useMemo(() => {
    const byId = new Map(agents.map((agent) => [agent.id, agent]));
    return (id) => (id ? byId.get(id) : undefined);
  }, [agents]);
}
/** Where a task is kept that is typed for this board and not there yet. */
export const newTaskDraft = (board_id: string) => `new-task.${board_id}`;
