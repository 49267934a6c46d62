import { Bookmark, ListFilter, Trash2, X } from "lucide-react";
import type { RefObject } from "react";
import { STATUSES } from "@/api/types";
import type { BoardSearch } from "@/app/search";
import { useViews } from "@/app/views";
import { type MessageKey, t } from "@/i18n";
import { Button, IconButton } from "@/ui/button";
import { SearchField, Select } from "@/ui/field";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/menu";
import { priorityName, statusName } from "../task/words";
import { useBoard } from "./context";
import { choices, term, termsOf, toggled } from "./filter";
import { ORDERS } from "./order";

interface Props {
  field: RefObject<HTMLInputElement | null>;
  search: BoardSearch;
  show(change: Partial<BoardSearch>, replace?: boolean): void;
  shown: number;
}

const STATES = ["blocked", "waiting", "overdue", "unassigned"] as const;

/** What is shown: a line of words that can be typed, chosen, kept and shared. */
export function FilterBar({ field, search, show, shown }: Props) {
  const { snapshot } = useBoard();
  const filter = search.q ?? "";
  const set = (q: string) => show({ q: q || undefined }, true);
  const { agents, tags, priorities } = choices(snapshot.tasks, snapshot.agents);
  const chosen = termsOf(filter);
  const item = (field: string, value: string, label: string) => {
    const wanted = term(field, value);
    return (
      <MenuItem key={wanted} checked={chosen.includes(wanted)} onSelect={() => set(toggled(filter, wanted))}>
        {label}
      </MenuItem>
    );
  };
  return (
    <div className="flex items-center gap-2 px-4 pt-3 max-md:px-3">
      <div className="relative min-w-0 max-w-md flex-1">
        <ListFilter size={14} className="pointer-events-none absolute left-2.5 top-1/2 -translate-y-1/2 text-muted" />
        <SearchField
          ref={field}
          label={t("board.filter")}
          placeholder={t("board.filterHint")}
          value={filter}
          onChange={set}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          className="pl-8"
        />
      </div>
      {filter && <IconButton label={t("board.clearFilter")} icon={<X size={14} />} onClick={() => set("")} />}
      <Menu trigger={<Button>{t("board.filter")}</Button>}>
        <MenuLabel>{t("board.state")}</MenuLabel>
        {STATES.map((state) => item("is", state, t(`filter.${state}` as MessageKey)))}
        <MenuLabel>{t("task.status")}</MenuLabel>
        {STATUSES.map((status) => item("status", status, statusName(status)))}
        <MenuLabel>{t("task.priority")}</MenuLabel>
        {priorities.map((priority) => item("priority", priority, priorityName(priority)))}
        <MenuLabel>{t("task.assignee")}</MenuLabel>
        {agents.map((agent) => item("assignee", agent.name.toLowerCase(), agent.name))}
        {tags.length > 0 && <MenuLabel>{t("task.tags")}</MenuLabel>}
        {tags.map((tag) => item("tag", tag.slug, tag.name))}
      </Menu>
      <Select
        aria-label={t("board.order")}
        className="!w-auto max-sm:hidden"
        value={search.sort ?? "updated"}
        onChange={(event) => show({ sort: event.target.value === "updated" ? undefined : event.target.value }, true)}
      >
        {ORDERS.map((order) => (
          <option key={order} value={order}>
            {t(`order.${order}`)}
          </option>
        ))}
      </Select>
      <Views search={search} show={show} />
      <span role="status" className="ml-auto text-xs whitespace-nowrap text-muted tabular-nums max-sm:hidden">
        {snapshot.tasks_next_cursor
          ? t("board.newest", { shown, known: snapshot.tasks.length, count: snapshot.tasks_total })
          : filter && t("board.shown", { shown, count: snapshot.tasks.length })}
      </span>
    </div>
  );
}

function Views({ search, show }: Pick<Props, "search" | "show">) {
  const { snapshot } = useBoard();
  const { views, keepView, forgetView } = useViews(snapshot.board.id);
  const now = { q: search.q, view: search.view, sort: search.sort };
  const name = search.q || t("board.everything");
  return (
    <Menu align="end" trigger={<IconButton label={t("board.views")} icon={<Bookmark size={15} />} />}>
      <MenuLabel>{t("board.views")}</MenuLabel>
      {views.map((view) => (
        <MenuItem key={view.name} onSelect={() => show({ q: view.q, view: view.view, sort: view.sort })}>
          {view.name}
        </MenuItem>
      ))}
      {views.length === 0 && <p className="max-w-56 px-2 pb-1.5 text-xs text-muted">{t("board.noViews")}</p>}
      <MenuLine />
      <MenuItem icon={<Bookmark size={14} />} onSelect={() => keepView({ name, ...now })}>
        {t("board.keepView")}
      </MenuItem>
      {views.some((view) => view.name === name) && (
        <MenuItem icon={<Trash2 size={14} />} onSelect={() => forgetView(name)}>
          {t("board.forgetView")}
        </MenuItem>
      )}
    </Menu>
  );
}
