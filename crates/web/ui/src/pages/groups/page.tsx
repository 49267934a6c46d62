import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FolderTree } from "lucide-react";
import { useMemo } from "react";
import { remove } from "@/api/actions";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { BoardGroup } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { type Column, ROW_LINK } from "@/ui/data-table";
import { ListPage } from "@/ui/list-page";
import { Time } from "@/ui/time";
import { GroupForm } from "./group-form";

export default function GroupsPage() {
  const query = useQuery(queries.boardGroups);
  const { data: boards = [] } = useQuery(queries.boards);
  const { isAdmin } = useAccess();
  const columns = useMemo<Column<BoardGroup>[]>(
    () => [
      {
        id: "name",
        header: t("common.name"),
        value: (group) => group.name,
        cell: (group) => (
          <>
            <Link to="/groups/$groupId" params={{ groupId: group.id }} className={ROW_LINK}>
              {group.name}
            </Link>
            {group.description && <p className="line-clamp-1 text-xs text-muted">{group.description}</p>}
          </>
        ),
      },
      {
        id: "boards",
        header: t("nav.boards"),
        value: (group) => boards.filter((board) => board.board_group_id === group.id).length,
      },
      {
        id: "updated",
        header: t("common.updated"),
        value: (group) => group.updated_at,
        cell: (group) => <Time at={group.updated_at} className="whitespace-nowrap text-muted" />,
      },
    ],
    [boards],
  );
  return (
    <ListPage
      title={t("nav.groups")}
      query={query}
      columns={columns}
      sort="name"
      add={t("groups.new")}
      empty={{ icon: <FolderTree size={20} />, title: t("groups.emptyTitle"), text: t("groups.emptyText") }}
      readOnly={!isAdmin}
      nameOf={(group) => group.name}
      remove={(group) =>
        void remove({
          title: t("groups.deleteTitle", { name: group.name }),
          text: t("groups.deleteText"),
          keys: [["board-groups"], ["boards"]],
          run: () =>
            answer(api.DELETE("/api/v1/board-groups/{group_id}", { params: { path: { group_id: group.id } } })),
        })
      }
      form={(group, close) => <GroupForm group={group} close={close} />}
    />
  );
}
