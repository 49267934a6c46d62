import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { LayoutGrid, Plus, Settings, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { remove } from "@/api/actions";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { Board } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n";
import { buttonClass } from "@/ui/button";
import { type Column, DataTable, ROW_LINK } from "@/ui/data-table";
import { MenuItem } from "@/ui/menu";
import { Page } from "@/ui/page";
import { plainText } from "@/ui/plain-text";
import { RowMenu } from "@/ui/row-menu";
import { Empty, Loaded } from "@/ui/states";
import { Time } from "@/ui/time";

export function removeBoard(board: Board) {
  return remove({
    title: t("boards.deleteTitle", { name: board.name }),
    text: t("boards.deleteText"),
    typed: board.name,
    keys: [["boards"], ["agents"]],
    run: () => answer(api.DELETE("/api/v1/boards/{board_id}", { params: { path: { board_id: board.id } } })),
  });
}

export default function BoardsPage() {
  const query = useQuery(queries.boards);
  const { data: groups = [] } = useQuery(queries.boardGroups);
  const { isAdmin, canWrite } = useAccess();
  const { data: gateways = [] } = useQuery({ ...queries.gateways, enabled: isAdmin });
  const navigate = useNavigate();
  const columns = useMemo<Column<Board>[]>(
    () => [
      {
        id: "name",
        header: t("common.name"),
        value: (board) => board.name,
        cell: (board) => (
          <>
            <Link to="/boards/$boardId" params={{ boardId: board.id }} className={ROW_LINK}>
              {board.name}
            </Link>
            <p className="line-clamp-1 text-xs text-muted">{plainText(board.description)}</p>
          </>
        ),
      },
      {
        id: "group",
        header: t("boards.group"),
        wide: true,
        value: (board) => groups.find(({ id }) => id === board.board_group_id)?.name ?? "",
      },
      {
        id: "gateway",
        header: t("boards.gateway"),
        wide: true,
        value: (board) => gateways.find(({ id }) => id === board.gateway_id)?.name ?? "",
      },
      {
        id: "type",
        header: t("boards.type"),
        wide: true,
        value: (board) => (board.board_type === "goal" ? t("boards.goal") : t("boards.general")),
      },
      {
        id: "updated",
        header: t("common.updated"),
        value: (board) => board.updated_at,
        cell: (board) => <Time at={board.updated_at} className="whitespace-nowrap text-muted" />,
      },
    ],
    [groups, gateways],
  );
  const create = (
    <Link to="/boards/new" className={buttonClass({ look: "primary" })}>
      <Plus size={15} />
      {t("boards.new")}
    </Link>
  );
  return (
    <Page title={t("nav.boards")} actions={isAdmin && create}>
      <Loaded query={query}>
        {(boards) => (
          <DataTable
            label={t("nav.boards")}
            rows={boards}
            columns={columns}
            sort="name"
            empty={
              <Empty icon={<LayoutGrid size={20} />} title={t("boards.emptyTitle")} action={isAdmin && create}>
                {t("boards.emptyText")}
              </Empty>
            }
            actions={(board) =>
              canWrite(board.id) && (
                <RowMenu label={t("common.actionsFor", { name: board.name })}>
                  <MenuItem
                    icon={<Settings size={14} />}
                    onSelect={() => void navigate({ to: "/boards/$boardId/settings", params: { boardId: board.id } })}
                  >
                    {t("board.settings")}
                  </MenuItem>
                  <MenuItem icon={<Trash2 size={14} />} danger onSelect={() => void removeBoard(board)}>
                    {t("common.delete")}
                  </MenuItem>
                </RowMenu>
              )
            }
          />
        )}
      </Loaded>
    </Page>
  );
}
