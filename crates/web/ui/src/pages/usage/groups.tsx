import { Link, type LinkProps } from "@tanstack/react-router";
import { ArrowUpRight } from "lucide-react";
import { useMemo } from "react";
import type { UsageGroup } from "@/api/types";
import { t } from "@/i18n/admin";
import { type Column, DataTable } from "@/ui/data-table";
import { costOf, figureOf, type Grouping, idOf, nameOf, short, type Unit } from "./figures";

interface Props {
  groups: UsageGroup[];
  by: Grouping;
  unit: Unit;
  /** Looks at what a group consists of. */
  open(id: string): void;
  /** Agents are shown to admins alone. */
  isAdmin: boolean;
}

type Row = UsageGroup & { id: string };

/** Who or what used how much, the most first. */
export function Groups({ groups, by, unit, open, isAdmin }: Props) {
  const rows = useMemo(() => groups.map((group): Row => ({ ...group, id: idOf(group, by) })), [groups, by]);
  const most = Math.max(1, ...rows.map((row) => figureOf(row, unit)));
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        id: "name",
        header: t(`usageBy.${by}`),
        value: (row) => nameOf(row, by),
        cell: (row) => (
          <span className="flex min-w-0 items-center gap-1">
            {row.id ? (
              <button
                type="button"
                onClick={() => open(row.id)}
                className="min-w-0 truncate rounded text-left font-medium hover:text-accent-text"
              >
                {row.task_key && <span className="mr-1.5 text-xs font-normal text-muted">{row.task_key}</span>}
                {nameOf(row, by)}
              </button>
            ) : (
              <span className="truncate text-muted">{nameOf(row, by)}</span>
            )}
            <Place place={placeOf(row, by, isAdmin)} name={nameOf(row, by)} />
          </span>
        ),
        className: "max-w-72",
      },
      {
        id: "share",
        header: t(unit === "cost" ? "usage.cost" : "usage.tokens"),
        value: (row) => figureOf(row, unit),
        cell: (row) => (
          <span className="flex items-center gap-2">
            <span aria-hidden className="h-1.5 w-24 overflow-hidden rounded-full bg-hover max-sm:hidden">
              <span
                className="block h-full rounded-full bg-accent"
                style={{ width: `${(figureOf(row, unit) / most) * 100}%` }}
              />
            </span>
            <span className="tabular-nums">{unit === "cost" ? costOf(row) : short(row.total_tokens)}</span>
          </span>
        ),
      },
      {
        id: "other",
        header: t(unit === "cost" ? "usage.tokens" : "usage.cost"),
        value: (row) => figureOf(row, unit === "cost" ? "tokens" : "cost"),
        cell: (row) => (
          <span className="text-muted tabular-nums">{unit === "cost" ? short(row.total_tokens) : costOf(row)}</span>
        ),
      },
      { id: "runs", header: t("usage.runs"), wide: true, value: (row) => row.runs },
      {
        id: "calls",
        header: t("usage.calls"),
        wide: true,
        value: (row) => row.calls,
        cell: (row) => (
          <span>
            <span className="tabular-nums">{row.calls}</span>
            {row.unpriced_calls > 0 && row.cost_micros !== null && (
              <span className="ml-1.5 text-xs text-muted">{t("usage.unpriced", { count: row.unpriced_calls })}</span>
            )}
          </span>
        ),
      },
    ],
    [by, unit, most, open, isAdmin],
  );
  return (
    <DataTable
      key={`${by} ${unit}`}
      label={t(`usageBy.${by}`)}
      rows={rows}
      columns={columns}
      sort="-share"
      empty={<p className="py-8 text-center text-sm text-muted">{t("common.nothingFound")}</p>}
    />
  );
}

/** Where the thing itself is. */
function placeOf(group: Row, by: Grouping, isAdmin: boolean): LinkProps | undefined {
  if (by === "agent" && group.agent_name && isAdmin) return { to: "/agents/$agentId", params: { agentId: group.id } };
  if (by === "board" && group.board_name) return { to: "/boards/$boardId", params: { boardId: group.id } };
  if (by === "task" && group.task_key) return { to: "/t/$key", params: { key: group.task_key } };
  return undefined;
}

function Place({ place, name }: { place: LinkProps | undefined; name: string }) {
  if (!place) return null;
  return (
    <Link
      {...place}
      aria-label={t("usage.goTo", { name })}
      data-tip={t("usage.goTo", { name })}
      className="flex size-6 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-fg"
    >
      <ArrowUpRight size={13} />
    </Link>
  );
}
