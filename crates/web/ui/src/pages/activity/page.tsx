import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { Activity as ActivityIcon } from "lucide-react";
import { useMemo, useState } from "react";
import { MOST_LIVE } from "@/api/cache";
import * as queries from "@/api/queries";
import type { Activity } from "@/api/types";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { SearchField, Select } from "@/ui/field";
import { Page } from "@/ui/page";
import { PickField } from "@/ui/picker";
import { Empty, Loaded } from "@/ui/states";
import { exactDay, parseTime, useTimezone } from "@/ui/time";
import { toast } from "@/ui/toast";
import { boardOptions } from "../boards/options";
import { KINDS, type Kind, kindOf } from "./kinds";
import { ActivityRow } from "./row";

const route = getRouteApi("/activity");

/** What happens on all boards, live. */
export default function ActivityPage() {
  const { kind, board, q } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: boards = [] } = useQuery(queries.boards);
  const set = (change: { kind?: string; board?: string; q?: string }) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  const wanted = KINDS.find((name) => name === kind);
  const filter = useMemo(() => ({ board_id: board, kind: wanted && eventsOf(wanted) }), [board, wanted]);
  const query = useQuery(queries.activity(filter));
  return (
    <Page
      fill
      column
      title={t("nav.activity")}
      actions={
        <>
          <SearchField
            label={t("common.searchIn", { list: t("nav.activity") })}
            placeholder={t("common.search")}
            className="!w-48"
            value={q ?? ""}
            onChange={(text) => set({ q: text || undefined })}
          />
          <Select
            aria-label={t("activity.kind")}
            className="!w-auto"
            value={kind ?? ""}
            onChange={(event) => set({ kind: event.target.value || undefined })}
          >
            <option value="">{t("activity.everyKind")}</option>
            {KINDS.map((name) => (
              <option key={name} value={name}>
                {t(`activity.${name}`)}
              </option>
            ))}
          </Select>
          <PickField
            aria-label={t("activity.board")}
            label={t("activity.board")}
            className="!w-44"
            value={board ?? ""}
            choose={(id) => set({ board: id || undefined })}
            options={[{ id: "", label: t("nav.allBoards") }, ...boardOptions(boards)]}
          />
        </>
      }
    >
      <Loaded query={query}>
        {({ items, total }) => (
          <Feed key={JSON.stringify(filter)} filter={filter} live={items} total={total} kind={wanted} words={q} />
        )}
      </Loaded>
    </Page>
  );
}

/** What the server is asked for; it tells comments apart only by their full name, and `other` not at all. */
function eventsOf(kind: Kind): string | undefined {
  if (kind === "other") return undefined;
  return kind === "comment" ? "task.comment" : kind;
}

interface FeedProps {
  filter: queries.ActivityFilter;
  /** The newest entries, which grow by themselves. */
  live: Activity[];
  total: number;
  kind: Kind | undefined;
  words: string | undefined;
}

/** A line of the feed: the heading of a day, or what happened. */
type Line = { day: string } | { event: Activity };

function Feed({ filter, live, total, kind, words }: FeedProps) {
  const [read, setRead] = useState<Activity[]>([]);
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const timeZone = useTimezone();
  // A list of the greatest length drops its oldest entries: what was read after them does not follow any more.
  const older = live.length < MOST_LIVE ? read : [];
  const known = useMemo(
    () => [...new Map([...live, ...older].map((event) => [event.id, event])).values()],
    [live, older],
  );
  const lines = useMemo(() => {
    const sought = words?.toLowerCase();
    const shown = known.filter(
      (event) => (!kind || kindOf(event) === kind) && (!sought || (event.message ?? "").toLowerCase().includes(sought)),
    );
    const days = Map.groupBy(shown, (event) => exactDay(parseTime(event.created_at), timeZone));
    return [...days].flatMap(([day, events]): Line[] => [{ day }, ...events.map((event) => ({ event }))]);
  }, [known, kind, words, timeZone]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller,
    getItemKey: (index) => keyOf(lines[index]),
    estimateSize: (index) => (lines[index] && "day" in lines[index] ? 36 : 62),
    overscan: 10,
  });
  const more = async () => {
    const page = await queries.readActivity(filter, known.length);
    setRead([...older, ...page.items]);
  };
  return (
    <div ref={setScroller} className="h-full overflow-y-auto px-5 py-5 max-md:px-4">
      <div className="mx-auto max-w-6xl">
        {lines.length === 0 && (
          <Empty
            icon={<ActivityIcon size={20} />}
            title={t(known.length === 0 ? "activity.empty" : "common.nothingFound")}
          />
        )}
        <ul aria-label={t("nav.activity")} className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const line = lines[index];
            return (
              line && (
                <li
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  className={clsx("absolute inset-x-0", "event" in line && "border-b border-line")}
                  style={{ top: start }}
                >
                  {"day" in line ? (
                    <h2 className="pb-1 pt-3 text-xs font-medium tracking-normal text-muted">{line.day}</h2>
                  ) : (
                    <ActivityRow event={line.event} />
                  )}
                </li>
              )
            );
          })}
        </ul>
        {known.length < total && (
          <Button className="mt-3" onClick={() => void more().catch(toast.error)}>
            {t("common.older")}
          </Button>
        )}
      </div>
    </div>
  );
}

function keyOf(line: Line | undefined): string {
  if (!line) return "";
  return "day" in line ? line.day : line.event.id;
}
