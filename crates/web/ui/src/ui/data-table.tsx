import {
  columnFilteringFeature,
  createColumnHelper,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_includesString,
  globalFilteringFeature,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { ArrowDown, ArrowUp, Search } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useKept } from "@/app/kept";
import { t } from "@/i18n";
import { ColumnEdge } from "./column-edge";
import { Input } from "./field";
import { AllBox, RowBox, rowKeys, type Selection, useToggle } from "./row-selection";

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  filterFns: { includesString: filterFn_includesString },
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});

export interface Column<T> {
  id: string;
  header: string;
  /** What is sorted and searched by. */
  value(row: T): string | number;
  /** What is shown, when it is more than the value. */
  cell?(row: T): ReactNode;
  /** Left out on narrow screens. */
  wide?: boolean;
  className?: string;
}

interface Props<T> {
  label: string;
  rows: T[];
  columns: Column<T>[];
  /** In place of a table without rows. Where there would be some but for what `tools` leave out, nothing. */
  empty: ReactNode;
  /** Beside the search field. */
  tools?: ReactNode;
  /** At the end of each row. */
  actions?(row: T): ReactNode;
  /** Column to sort by at first; `-name` is descending. */
  sort?: string;
  /** Rows can be chosen. */
  selection?: Selection<T>;
  /** Another field filters the rows already. */
  filtered?: boolean;
  /** The rows come sorted: by which column, which way, and who hears that another is wanted. */
  order?: { by: string; ascending: boolean; change(by: string): void };
  /** The row whose details are shown beside the table. */
  current?: string;
  /** Columns have widths that can be changed, and are kept under this name. */
  layout?: string;
}

type Widths = Record<string, number>;

const USUAL: Widths = {};

function without(widths: Widths, id: string): Widths {
  return Object.fromEntries(Object.entries(widths).filter(([other]) => other !== id));
}

const ROW = 45;
/** Fewer rows are not worth a search field. */
const SEARCH_FROM = 6;

/** A list to search and sort, of any length. The first column names the row and links to it. */
export function DataTable<T extends { id: string }>({
  label,
  rows,
  columns,
  empty,
  tools,
  actions,
  sort,
  selection,
  filtered,
  order: given,
  current,
  layout,
}: Props<T>) {
  const [widths, keepWidths] = useKept<Widths>(`mc.widths.${layout ?? ""}`, USUAL);
  const [search, setSearch] = useState("");
  const scroller = useRef<HTMLDivElement>(null);
  const shape = useMemo(() => {
    const helper = createColumnHelper<typeof features, T>();
    return helper.columns(
      columns.map(({ id, header, value }) =>
        helper.accessor((row: T) => value(row), { id, header, sortFn: "alphanumeric", sortUndefined: "last" }),
      ),
    );
  }, [columns]);
  const table = useTable({
    features,
    columns: shape,
    data: rows,
    getRowId: (row) => row.id,
    state: { globalFilter: search },
    globalFilterFn: "includesString",
    initialState: { sorting: sort ? [{ id: sort.replace("-", ""), desc: sort.startsWith("-") }] : [] },
    onGlobalFilterChange: setSearch,
  });
  const visible = table.getRowModel().rows;
  const shown = useMemo(() => visible.map(({ original }) => original), [visible]);
  const toggle = useToggle(shown, selection);
  const virtual = useVirtualizer({
    count: visible.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const at = current === undefined ? -1 : shown.findIndex(({ id }) => id === current);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
  }, [at, virtual]);
  if (rows.length === 0 && empty) return empty;
  const widthOf = (id: string) => {
    const width = layout === undefined ? undefined : widths[id];
    return width === undefined ? undefined : { width, minWidth: width, maxWidth: width };
  };
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className="flex min-h-0 flex-col gap-3">
      {((rows.length >= SEARCH_FROM && !filtered) || tools) && (
        <div className="flex flex-wrap items-center gap-2">
          {rows.length >= SEARCH_FROM && (
            <div className="relative w-64 max-sm:w-full">
              <Search size={14} className="pointer-events-none absolute left-2.5 top-1/2 -translate-y-1/2 text-muted" />
              <Input
                type="search"
                aria-label={t("common.searchIn", { list: label })}
                placeholder={t("common.search")}
                value={search}
                onChange={(event) => setSearch(event.target.value)}
                className="pl-8"
              />
            </div>
          )}
          {tools}
          <span role="status" className="ml-auto text-xs text-muted tabular-nums">
            {t("common.rows", { count: visible.length })}
          </span>
        </div>
      )}
      <div
        ref={scroller}
        tabIndex={visible.length > 12 ? 0 : undefined}
        role="region"
        aria-label={label}
        className="max-h-[calc(100dvh-10rem)] overflow-auto rounded-xl border border-line bg-surface shadow-1"
      >
        <table className="w-full border-collapse text-sm">
          <thead className="sticky top-0 z-20 bg-surface">
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id} className="border-b border-line">
                {selection && (
                  <th scope="col" className="w-8 pl-4">
                    <AllBox rows={shown} selection={selection} />
                  </th>
                )}
                {group.headers.map((header, position) => {
                  const order = given
                    ? given.by === header.id && (given.ascending ? "asc" : "desc")
                    : header.column.getIsSorted();
                  return (
                    <th
                      key={header.id}
                      scope="col"
                      aria-sort={order === "asc" ? "ascending" : order === "desc" ? "descending" : "none"}
                      style={widthOf(header.id)}
                      className={clsx(
                        "relative h-9 px-3 text-left font-medium first:pl-4",
                        columns[position]?.wide && "max-lg:hidden",
                      )}
                    >
                      <button
                        type="button"
                        onClick={given ? () => given.change(header.id) : header.column.getToggleSortingHandler()}
                        className="inline-flex h-6 max-w-full items-center gap-1 rounded text-xs whitespace-nowrap text-muted hover:text-fg"
                      >
                        {columns[position]?.header}
                        {order === "asc" && <ArrowUp size={12} />}
                        {order === "desc" && <ArrowDown size={12} />}
                      </button>
                      {layout !== undefined && (
                        <ColumnEdge
                          label={t("common.resizeColumn", { column: columns[position]?.header ?? "" })}
                          resize={(width) => keepWidths({ ...widths, [header.id]: width })}
                          reset={() => keepWidths(without(widths, header.id))}
                        />
                      )}
                    </th>
                  );
                })}
                {actions && (
                  <th scope="col" className="w-10">
                    <span className="sr-only">{t("common.actions")}</span>
                  </th>
                )}
              </tr>
            ))}
          </thead>
          <tbody onKeyDown={(event) => rowKeys(event, shown, selection && toggle)}>
            {above > 0 && <tr aria-hidden style={{ height: above }} />}
            {items.map(({ index }) => {
              const row = visible[index];
              if (!row) return null;
              return (
                <tr
                  key={row.id}
                  data-index={index}
                  aria-current={index === at || undefined}
                  className={clsx(
                    "relative h-11 border-b border-line last:border-0 hover:bg-hover/60",
                    selection?.selected.has(row.id) && "bg-accent-soft/50",
                    index === at && "bg-accent-soft/70",
                  )}
                >
                  {selection && (
                    <td className="pl-4">
                      <RowBox row={row.original} selection={selection} toggle={toggle} />
                    </td>
                  )}
                  {columns.map((column) => (
                    <td
                      key={column.id}
                      style={widthOf(column.id)}
                      className={clsx(
                        "px-3 py-1.5 first:pl-4",
                        column.wide && "max-lg:hidden",
                        column.className,
                        widthOf(column.id) && "overflow-hidden text-ellipsis whitespace-nowrap",
                      )}
                    >
                      {column.cell ? column.cell(row.original) : column.value(row.original)}
                    </td>
                  ))}
                  {actions && (
                    <td className="relative z-10 px-2 text-right whitespace-nowrap">{actions(row.original)}</td>
                  )}
                </tr>
              );
            })}
            {below > 0 && <tr aria-hidden style={{ height: below }} />}
          </tbody>
        </table>
        {visible.length === 0 && <p className="px-4 py-8 text-center text-sm text-muted">{t("common.nothingFound")}</p>}
      </div>
    </div>
  );
}

/** Classes of the link in the first column: the whole row is clickable. */
export const ROW_LINK = "font-medium hover:text-accent-text after:absolute after:inset-0";
