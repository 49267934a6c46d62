import { useQuery } from "@tanstack/react-query";
import { ArrowDownUp, Bookmark } from "lucide-react";
import { type RefObject, Suspense, useMemo, useState } from "react";
import { byName } from "@/api/names";
import * as queries from "@/api/queries";
import { STATUSES } from "@/api/types";
import type { BoardSearch } from "@/app/search";
import { type MessageKey, t } from "@/i18n/board";
import { Button, IconButton } from "@/ui/button";
import { Select } from "@/ui/field";
import { lazily } from "@/ui/lazily";
import { type MenuOnDemandProps, OnDemandMenu } from "@/ui/on-demand-menu";
import { Picker } from "@/ui/picker";
import { priorityIcon, priorityName, statusIcon, statusName } from "../task/words";
import { useBoard } from "./context";
import { countsOf, type FilterChoice, parted, prioritiesOf, STATES, term } from "./filter";
import { FilterField, withTerms } from "./filter-field";
import { GROUPS, groupable } from "./lanes-of";
import { nextOrder, ORDERS, orderOf } from "./order";

const ColumnsPicker = lazily(() => import("./columns-picker"));
const ViewsMenu = lazily(() => import("./views-menu"));

interface Props {
  field: RefObject<HTMLInputElement | null>;
  search: BoardSearch;
  show(change: Partial<BoardSearch>, replace?: boolean): void;
  shown: number;
}

/** What is shown: terms that can be typed, chosen, kept and shared. */
export function FilterBar({ field, search, show, shown }: Props) {
  const { snapshot, viewer } = useBoard();
  const { tasks, agents, people } = snapshot;
  const filter = search.q ?? "";
  const set = (q: string) => show({ q: q || undefined }, true);
  const choices = useMemo<FilterChoice[]>(
    () => [
      ...STATES.map((value) => ({ field: "is" as const, value, label: stateName(value) })),
      ...STATUSES.map((value) => ({ field: "status" as const, value, label: statusName(value) })),
      ...prioritiesOf(tasks).map((value) => ({ field: "priority" as const, value, label: priorityName(value) })),
      ...(people.some(({ id }) => id === viewer.id)
        ? [{ field: "assignee" as const, value: "me", label: t("common.you") }]
        : []),
      ...[...people.toSorted(byName), ...agents.filter((agent) => !agent.is_gateway_main)].map(({ name }) => ({
        field: "assignee" as const,
        value: name.toLowerCase(),
        label: name,
      })),
      ...new Map(
        tasks.flatMap((task) =>
          task.tags.map(({ slug, name }) => [slug, { field: "tag" as const, value: slug, label: name }] as const),
        ),
      ).values(),
    ],
    [tasks, agents, people, viewer],
  );
  const { by } = orderOf(search.sort);
  const { data: fields = [] } = useQuery(queries.customFields);
  const groups = [
    ["", t("lane.nothing")],
    ...GROUPS.map((name) => [name, t(`filterField.${name}`)] as const),
    ...groupable(fields.filter(({ board_ids }) => board_ids.includes(snapshot.board.id))).map(
      ({ field_key, label }) => [`field:${field_key}`, label] as const,
    ),
  ];
  return (
    <div className="flex items-start gap-2 px-4 pt-3 max-md:px-3">
      <FilterField field={field} filter={filter} set={set} choices={choices} />
      <FilterMenu filter={filter} set={set} choices={choices} counts={() => countsOf(tasks, viewer)} />
      <span className="flex items-center max-sm:hidden">
        <Select
          aria-label={t("board.order")}
          className="!w-auto"
          value={ORDERS.some((order) => order === by) ? by : ""}
          onChange={(event) => show({ sort: event.target.value === "updated" ? undefined : event.target.value }, true)}
        >
          {!ORDERS.some((order) => order === by) && <option value="">—</option>}
          {ORDERS.map((order) => (
            <option key={order} value={order}>
              {t(`order.${order}`)}
            </option>
          ))}
        </Select>
        <IconButton
          label={t("view.reversed")}
          icon={<ArrowDownUp size={14} />}
          aria-pressed={orderOf(search.sort).reversed}
          className="ml-1 !size-8 pointer-coarse:!size-10 aria-pressed:bg-accent-soft aria-pressed:text-accent-text"
          onClick={() => show({ sort: nextOrder(search.sort ?? by, by) }, true)}
        />
      </span>
      {search.view !== "table" && (
        <span className="max-md:hidden">
          <Select
            aria-label={t("lane.by")}
            className="!w-auto"
            value={search.group ?? ""}
            onChange={(event) => show({ group: event.target.value || undefined }, true)}
          >
            {groups.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </span>
      )}
      <Suspense>
        {search.view === "table" && <ColumnsPicker board_id={snapshot.board.id} cols={search.cols} show={show} />}
      </Suspense>
      <Views search={search} show={show} />
      <span
        role="status"
        className="ml-auto self-center text-xs whitespace-nowrap text-muted tabular-nums max-sm:hidden"
      >
        {snapshot.tasks_next_cursor
          ? t("board.newest", { shown, known: tasks.length, count: snapshot.tasks_total })
          : filter && t("board.shown", { shown, count: tasks.length })}
      </span>
    </div>
  );
}

function stateName(state: (typeof STATES)[number]): string {
  return state === "open" ? t("view.open") : t(`filter.${state}` as MessageKey);
}

const ICONS: Partial<Record<FilterChoice["field"], typeof statusIcon>> = { status: statusIcon, priority: priorityIcon };

interface FilterMenuProps {
  filter: string;
  set(filter: string): void;
  choices: FilterChoice[];
  counts(): Map<string, number>;
}

/** Every value that can be filtered by, found by typing, with how many tasks have it. */
function FilterMenu({ filter, set, choices, counts }: FilterMenuProps) {
  const { terms } = parted(filter);
  // Counted when somebody comes near, not with every change on the board.
  const [known, setKnown] = useState<Map<string, number>>();
  return (
    <Picker
      label={t("board.filter")}
      options={choices.map((choice) => {
        const count = known?.get(`${choice.field}:${choice.value}`) ?? 0;
        return {
          id: term(choice.field, choice.value),
          label: `${t(`filterField.${choice.field}`)}: ${choice.label}`,
          icon: ICONS[choice.field]?.(choice.value),
          count,
        };
      })}
      chosen={terms}
      onChange={(next) => set(withTerms(filter, withoutOpposites(terms, next)))}
      near={() => setKnown(counts())}
      trigger={<Button>{t("board.filter")}</Button>}
    />
  );
}

/** A term that was just chosen takes the place of its opposite. */
function withoutOpposites(before: string[], next: string[]): string[] {
  const added = next.filter((written) => !before.includes(written));
  return next.filter((written) => !added.some((fresh) => written === `-${fresh}`));
}

function Views({ search, show }: Pick<Props, "search" | "show">) {
  const menu = useMemo(
    () => (props: MenuOnDemandProps) => <ViewsMenu {...props} search={search} show={show} />,
    [search, show],
  );
  return (
    <OnDemandMenu
      menu={menu}
      trigger={
        <IconButton
          label={t("board.views")}
          icon={<Bookmark size={15} />}
          className="!size-8 pointer-coarse:!size-10"
        />
      }
    />
  );
}
