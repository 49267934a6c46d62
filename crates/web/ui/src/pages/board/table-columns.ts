import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import * as queries from "@/api/queries";
import type { CustomField } from "@/api/types";
import { useKept } from "@/app/kept";
import type { BoardSearch } from "@/app/search";
import { t } from "@/i18n";

interface Props {
  show(change: Partial<BoardSearch>, replace?: boolean): void;
}

/** Every column of the table but for the title, which is always there. */
const COLUMNS = ["key", "status", "priority", "assignee", "tags", "due", "created", "updated"] as const;
const USUAL: string[] = ["key", "status", "priority", "assignee", "due", "updated"];

/**
 * Which columns the table of a board has: what there is, and what is shown of it. That is what the address says (`cols`), as of a
 * view, or else what the person wants to see, kept in this browser.
 */
export function useTableColumns(board_id: string, cols: string | undefined, show: Props["show"]) {
  const { data: all = [] } = useQuery(queries.customFields);
  const [usual, keep] = useKept("mc.table", USUAL);
  const shown = useMemo(() => cols?.split(",") ?? usual, [cols, usual]);
  const fields = useMemo(() => all.filter((field) => field.board_ids.includes(board_id)), [all, board_id]);
  const options = [
    ...COLUMNS.map((id) => ({ id, label: nameOf(id) })),
    ...fields.map((field) => ({ id: idOf(field), label: field.label })),
  ];
  const choose = (next: string[]) => {
    if (cols === undefined) keep(next);
    else show({ cols: next.join(",") || undefined }, true);
  };
  return { fields, options, shown, choose };
}

/** What the column of a custom field is called in addresses and in what is kept. */
export const idOf = (field: CustomField) => `field:${field.field_key}`;

function nameOf(id: (typeof COLUMNS)[number]): string {
  return id === "created" || id === "updated" ? t(`common.${id}`) : t(`task.${id}`);
}
