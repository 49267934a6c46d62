import type { Board } from "@/api/types";
import type { Option } from "@/ui/choices";

/** Boards to choose from. */
export function boardOptions(boards: Board[]): Option[] {
  return boards.map(({ id, name }) => ({ id, label: name }));
}
