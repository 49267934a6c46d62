import { Link, useParams } from "@tanstack/react-router";
import clsx from "clsx";
import { Bookmark, ChevronDown, FolderTree, LayoutGrid, Plus, SquareKanban, Users } from "lucide-react";
import { useState } from "react";
import type { Board } from "@/api/types";
import { t } from "@/i18n";
import { StarButton, useFavourites } from "../favourites";
import { addressOf, useViews } from "../views";
import { Group, Item } from "./nav-item";

/** More boards than this are shown when somebody asks for them. */
const SHOWN = 12;

interface Props {
  boards: Board[];
  mayAdd: boolean;
}

/** The boards: those that the person keeps at hand first, and not more than can be looked through. */
export function BoardNav({ boards, mayAdd }: Props) {
  const { favourites } = useFavourites();
  const { boardId } = useParams({ strict: false });
  const [all, setAll] = useState(false);
  const kept = boards.filter(({ id }) => favourites.includes(id));
  const others = boards.filter(({ id }) => !favourites.includes(id));
  const many = others.length > SHOWN + 1 && !all;
  const shown = many ? others.filter(({ id }, index) => index < SHOWN || id === boardId) : others;
  return (
    <>
      {kept.length > 0 && (
        <Group title={t("nav.favourites")} fold="favourites">
          {kept.map((board) => (
            <BoardItem key={board.id} board={board} />
          ))}
        </Group>
      )}
      <Group
        title={t("nav.boards")}
        fold="boards"
        action={
          mayAdd && (
            <Link
              to="/boards/new"
              aria-label={t("boards.new")}
              data-tip={t("boards.new")}
              className="flex size-6 items-center justify-center rounded-md hover:bg-hover hover:text-fg pointer-coarse:size-9"
            >
              <Plus size={14} />
            </Link>
          )
        }
      >
        <Item to="/boards" exact icon={<LayoutGrid size={16} />}>
          {t("nav.allBoards")}
        </Item>
        {shown.map((board) => (
          <BoardItem key={board.id} board={board} />
        ))}
        {many && (
          <li>
            <button
              type="button"
              onClick={() => setAll(true)}
              className="flex h-7.5 w-full items-center gap-2.5 rounded-md px-2 text-left text-sm text-muted hover:bg-hover hover:text-fg pointer-coarse:h-10"
            >
              <ChevronDown size={16} />
              {t("nav.moreBoards", { count: others.length - shown.length })}
            </button>
          </li>
        )}
        <Item to="/groups" icon={<FolderTree size={16} />}>
          {t("nav.groups")}
        </Item>
      </Group>
    </>
  );
}

function BoardItem({ board }: { board: Board }) {
  const views = useViews(board.id);
  const { favourites } = useFavourites();
  const starred = favourites.includes(board.id);
  return (
    <>
      <Item
        to="/boards/$boardId"
        params={{ boardId: board.id }}
        icon={<SquareKanban size={16} />}
        action={
          <StarButton
            board={board}
            // By keyboard it is on the page of the board: here it would double the stops on the way to it.
            tabIndex={-1}
            className={clsx(
              "!size-6 bg-hover",
              // What is marked needs no mark here: it stands under its own heading.
              "opacity-0 group-hover/item:opacity-100 focus-visible:opacity-100 pointer-coarse:hidden",
              starred && "text-warn-dot",
            )}
          />
        }
      >
        {board.name}
      </Item>
      {views.map((view) => (
        <Item
          key={view.id}
          nested
          withSearch
          to="/boards/$boardId"
          params={{ boardId: board.id }}
          search={addressOf(view)}
          icon={view.shared ? <Users size={14} /> : <Bookmark size={14} />}
        >
          {view.name}
        </Item>
      ))}
    </>
  );
}
