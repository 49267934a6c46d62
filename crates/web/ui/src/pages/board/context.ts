import { createContext, useContext } from "react";
import type { BoardSnapshot, Task, TaskStatus, TaskUpdate } from "@/api/types";

/** What cards and their menus need of the board around them. */
export interface BoardContext {
  snapshot: BoardSnapshot;
  canWrite: boolean;
  timeZone: string;
  move(task: Task, to: TaskStatus): void;
  change(task: Task, update: TaskUpdate, done: string): void;
  remove(task: Task): void;
  peek(task: Task): void;
}

export const BoardContext = createContext<BoardContext | undefined>(undefined);

export function useBoard(): BoardContext {
  const context = useContext(BoardContext);
  if (!context) throw new Error("outside of a board");
  return context;
}
