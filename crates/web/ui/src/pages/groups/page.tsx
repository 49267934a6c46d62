import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FolderTree, Pencil, Plus, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { remove } from "@/api/actions";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { BoardGroup } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { type Column, DataTable, ROW_LINK } from "@/ui/data-table";
import { MenuItem } from "@/ui/menu";
import { Page } from "@/ui/page";
import { RowMenu } from "@/ui/row-menu";
import { Empty, Loaded } from "@/ui/states";
import { Time } from "@/ui/time";
import { GroupForm } from "./group-form";

export default function GroupsPage() {
  const query = useQuery(queries.boardGroups);
  const { data: boards = [] } = useQuery(queries.boards);
  const { isAdmin } = useAccess();
  const [editing, setEditing] = useState<BoardGroup | "new">();
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
  const create = isAdmin && (
    <Button look="primary" onClick={() => setEditing("new")}>
      <Plus size={15} />
      {t("groups.new")}
    </Button>
  );
  return (
    <Page title={t("nav.groups")} actions={create}>
      <Loaded query={query}>
        {(groups) => (
          <DataTable
            label={t("nav.groups")}
            rows={groups}
            columns={columns}
            sort="name"
            empty={
              <Empty icon={<FolderTree size={20} />} title={t("groups.emptyTitle")} action={create}>
                {t("groups.emptyText")}
              </Empty>
            }
            actions={
              isAdmin
                ? (group) => (
                    <RowMenu label={t("common.actionsFor", { name: group.name })}>
                      <MenuItem icon={<Pencil size={14} />} onSelect={() => setEditing(group)}>
                        {t("common.edit")}
                      </MenuItem>
                      <MenuItem
                        icon={<Trash2 size={14} />}
                        danger
                        onSelect={() =>
                          void remove({
                            title: t("groups.deleteTitle", { name: group.name }),
                            text: t("groups.deleteText"),
                            keys: [["board-groups"], ["boards"]],
                            run: () =>
                              answer(
                                api.DELETE("/api/v1/board-groups/{group_id}", {
                                  params: { path: { group_id: group.id } },
                                }),
                              ),
                          })
                        }
                      >
                        {t("common.delete")}
                      </MenuItem>
                    </RowMenu>
                  )
                : undefined
            }
          />
        )}
      </Loaded>
      {editing && <GroupForm group={editing === "new" ? undefined : editing} close={() => setEditing(undefined)} />}
    </Page>
  );
}
