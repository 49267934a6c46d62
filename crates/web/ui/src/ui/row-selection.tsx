import { type KeyboardEvent, type MouseEvent, useRef } from "react";
import { t } from "@/i18n";

/** Rows that are chosen, to do something with all of them. */
export interface Selection<T> {
  selected: ReadonlySet<string>;
  change(selected: ReadonlySet<string>): void;
  /** What the row is called. */
  name(row: T): string;
}

interface Identified {
  id: string;
}

/** Chooses a row, or, with Shift, every row from the one that was chosen before. */
export function useToggle<T extends Identified>(rows: T[], selection: Selection<T> | undefined) {
  const last = useRef<string>(undefined);
  return (row: T, range: boolean) => {
    if (!selection) return;
    const next = new Set(selection.selected);
    const choose = !next.has(row.id);
    const [from, to] = [rows.findIndex(({ id }) => id === last.current), rows.indexOf(row)].toSorted((a, b) => a - b);
    const among = range && from !== undefined && from >= 0 && to !== undefined ? rows.slice(from, to + 1) : [row];
    among.forEach(({ id }) => (choose ? next.add(id) : next.delete(id)));
    last.current = row.id;
    selection.change(next);
  };
}

const BOX = "relative z-10 block size-4 accent-(--accent) pointer-coarse:size-5";

interface RowBoxProps<T> {
  row: T;
  selection: Selection<T>;
  toggle(row: T, range: boolean): void;
}

export function RowBox<T extends Identified>({ row, selection, toggle }: RowBoxProps<T>) {
  return (
    <input
      type="checkbox"
      aria-label={t("common.selectItem", { title: selection.name(row) })}
      checked={selection.selected.has(row.id)}
      onChange={() => {}}
      onClick={(event: MouseEvent) => toggle(row, event.shiftKey)}
      className={BOX}
    />
  );
}

export function AllBox<T extends Identified>({ rows, selection }: { rows: T[]; selection: Selection<T> }) {
  const count = rows.filter(({ id }) => selection.selected.has(id)).length;
  const all = count > 0 && count === rows.length;
  return (
    <input
      type="checkbox"
      aria-label={t(all ? "common.unselect" : "bulk.all")}
      ref={(box) => {
        if (box) box.indeterminate = count > 0 && !all;
      }}
      checked={all}
      onChange={() => selection.change(new Set(all ? [] : rows.map(({ id }) => id)))}
      className={BOX}
    />
  );
}

/** In a row: the arrows go to the rows above and below, `x` chooses it. */
export function rowKeys<T>(
  event: KeyboardEvent<HTMLTableSectionElement>,
  rows: T[],
  toggle: ((row: T, range: boolean) => void) | undefined,
) {
  const target = event.target as HTMLElement;
  const row = target.closest("tr");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const index = Number(row.dataset.index);
  const chosen = rows[index];
  if (event.key.toLowerCase() === "x" && toggle && chosen) {
    event.preventDefault();
    toggle(chosen, event.shiftKey);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const next = row.parentElement?.querySelector(`tr[data-index="${index + (event.key === "ArrowDown" ? 1 : -1)}"]`);
    const link = next?.querySelector<HTMLElement>("a, button");
    if (!link) return;
    event.preventDefault();
    link.focus();
  }
}
