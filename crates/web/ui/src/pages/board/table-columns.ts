import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import * as queries from "@/api/queries";
import type { CustomField } from "@/api/types";
import { useKept } from "@/app/kept";
import { t } from "@/i18n";

/** Every column of the table but for the title, which is always there. */
const COLUMNS = ["key", "status", "priority", "assignee", "tags", "due", "created", "updated"] as const;
const USUAL: string[] = ["key", "status", "priority", "assignee", "due", "updated"];

/** Which columns the table of a board has: what there is, and what the person wants to see, kept in this browser. */
export function useTableColumns(board_id: string) {
  const { data: all = [] } = useQuery(queries.customFields);
  const [shown, show] = useKept("mc.table", USUAL);
  const fields = useMemo(() => all.filter((field) => field.board_ids.includes(board_id)), [all, board_id]);
  const options = [
    ...COLUMNS.map((id) => ({ id, label: nameOf(id) })),
    ...fields.map((field) => ({ id: idOf(field), label: field.label })),
  ];
  return { fields, options, shown, show };
}

/** What the column of a custom field is called in addresses and in what is kept. */
export const idOf = (field: CustomField) => `field:${field.field_key}`;

function nameOf(id: (typeof COLUMNS)[number]): string {
  return id === "created" || id === "updated" ? t(`common.${id}`) : t(`task.${id}`);
}
