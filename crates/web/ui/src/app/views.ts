import { useKept } from "./kept";
import type { BoardSearch } from "./search";

/** What a board showed when it was kept, under a name. */
export interface View extends Pick<BoardSearch, "q" | "view" | "sort"> {
  name: string;
}

const NONE: View[] = [];

/** The views that the person keeps of a board, in this browser. Each is an address, so it can be shared as well. */
export function useViews(board_id: string) {
  const [views, keep] = useKept(`mc.views.${board_id}`, NONE);
  const others = (name: string) => views.filter((view) => view.name !== name);
  return {
    views,
    keepView: (view: View) => keep([...others(view.name), view]),
    forgetView: (name: string) => keep(others(name)),
  };
}
