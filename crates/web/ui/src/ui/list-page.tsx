import type { UseQueryResult } from "@tanstack/react-query";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { t } from "@/i18n";
import { Button } from "./button";
import { type Column, DataTable } from "./data-table";
import { MenuItem } from "./menu";
import { Page } from "./page";
import { RowMenu } from "./row-menu";
import { Empty, Loaded } from "./states";

interface Props<T> {
  title: string;
  /** Before the title, e.g. where the page belongs. */
  crumbs?: ReactNode;
  query: UseQueryResult<T[]>;
  columns: Column<T>[];
  /** Column to sort by at first. */
  sort: string;
  /** What the button that adds one says. */
  add: string;
  /** A new one is being made at first. */
  adding?: boolean;
  /** In place of a list without rows: what this is for, and what to do first. */
  empty: { icon: ReactNode; title: string; text: string };
  /** Whoever may not change the list sees it. */
  readOnly?: boolean;
  nameOf(row: T): string;
  /** What can be done with a row beside changing and deleting it. */
  items?(row: T): ReactNode;
  remove(row: T): void;
  /** The form that changes a row, or makes a new one. */
  form(row: T | undefined, close: () => void): ReactNode;
}

/** The frame of every page that is one list, whose rows are made, changed and deleted there. */
export function ListPage<T extends { id: string }>(props: Props<T>) {
  const { title, crumbs, query, columns, sort, add, adding, empty, readOnly, nameOf, items, remove, form } = props;
  const [editing, setEditing] = useState<T | "new" | undefined>(adding ? "new" : undefined);
  const create = !readOnly && (
    <Button look="primary" onClick={() => setEditing("new")}>
      <Plus size={15} />
      {add}
    </Button>
  );
  const actions = (row: T) => (
    <RowMenu label={t("common.actionsFor", { name: nameOf(row) })}>
      {items?.(row)}
      <MenuItem icon={<Pencil size={14} />} onSelect={() => setEditing(row)}>
        {t("common.edit")}
      </MenuItem>
      <MenuItem icon={<Trash2 size={14} />} danger onSelect={() => remove(row)}>
        {t("common.delete")}
      </MenuItem>
    </RowMenu>
  );
  return (
    <Page title={title} crumbs={crumbs} actions={create}>
      <Loaded query={query}>
        {(rows) => (
          <DataTable
            label={title}
            rows={rows}
            columns={columns}
            sort={sort}
            empty={
              <Empty icon={empty.icon} title={empty.title} action={create}>
                {empty.text}
              </Empty>
            }
            actions={readOnly ? undefined : actions}
          />
        )}
      </Loaded>
      {editing && form(editing === "new" ? undefined : editing, () => setEditing(undefined))}
    </Page>
  );
}
