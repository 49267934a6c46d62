import { Star } from "lucide-react";
import type { ComponentProps } from "react";
import type { Board } from "@/api/types";
import { t } from "@/i18n";
import { IconButton } from "@/ui/button";
import { toggledIn, useKept } from "./kept";

const NONE: string[] = [];

/** The boards that the person keeps at hand, in this browser. */
export function useFavourites() {
  const [favourites, keep] = useKept("mc.favourites", NONE);
  return { favourites, toggle: (board_id: string) => keep(toggledIn(favourites, board_id)) };
}

interface Props extends Pick<ComponentProps<"button">, "className" | "tabIndex"> {
  board: Pick<Board, "id">;
}

/** Puts a board among the favourites of the person, or takes it away. */
export function StarButton({ board, ...rest }: Props) {
  const { favourites, toggle } = useFavourites();
  const starred = favourites.includes(board.id);
  return (
    <IconButton
      label={t(starred ? "nav.unstar" : "nav.star")}
      aria-pressed={starred}
      icon={<Star size={14} fill={starred ? "currentColor" : "none"} />}
      onClick={() => toggle(board.id)}
      {...rest}
    />
  );
}
