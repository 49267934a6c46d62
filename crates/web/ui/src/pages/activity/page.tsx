import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Activity as ActivityIcon } from "lucide-react";
import { useMemo, useState } from "react";
import { MOST_LIVE } from "@/api/cache";
import * as queries from "@/api/queries";
import type { Activity, Page as Listed } from "@/api/types";
import { useAccess } from "@/app/access";
import type { ActivitySearch } from "@/app/search";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { Checkbox, SearchField } from "@/ui/field";
import { FilterChip } from "@/ui/filter-chip";
import { Page } from "@/ui/page";
import { Empty, Loaded } from "@/ui/states";
import { exactDay, parseTime, useTimezone } from "@/ui/time";
import { toast } from "@/ui/toast";
import { VirtualList } from "@/ui/virtual-list";
import { boardOptions } from "../boards/options";
import { KINDS, type Kind, kindOf } from "./kinds";
import { ActivityRow } from "./row";

const route = getRouteApi("/activity");

/** What happens on all boards, live. */
export default function ActivityPage() {
  const { kind, board, agent, task, checkins, q } = route.useSearch();
  const navigate = route.useNavigate();
  const { isAdmin } = useAccess();
  const { data: boards = [] } = useQuery(queries.boards);
  const { data: agents = [] } = useQuery({ ...queries.agents, enabled: isAdmin });
  const set = (change: ActivitySearch) => void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  const wanted = KINDS.find((name) => name === kind);
  const filter = useMemo(
    () => ({ board_id: board, agent_id: agent, task_id: task, kind: wanted && eventsOf(wanted), heartbeats: checkins }),
    [board, agent, task, wanted, checkins],
  );
  const query = useQuery(queries.activity(filter));
  const taskName = query.data?.items.find(({ task_id }) => task_id === task)?.task_title ?? undefined;
  return (
    <Page
      fill
      column
      title={t("nav.activity")}
      actions={
        <SearchField
          label={t("common.searchIn", { list: t("nav.activity") })}
          placeholder={t("common.search")}
          className="!w-48"
          value={q ?? ""}
          onChange={(text) => set({ q: text || undefined })}
        />
      }
    >
      <div className="flex h-full flex-col">
        <div className="px-5 pt-3 max-md:px-4">
          <div
            role="group"
            aria-label={t("activity.filter")}
            className="mx-auto flex max-w-6xl flex-wrap items-center gap-2"
          >
            <FilterChip
              label={t("activity.kind")}
              options={KINDS.map((name) => ({ id: name, label: t(`activity.${name}`) }))}
              value={wanted}
              onChange={(next) => set({ kind: next })}
            />
            <FilterChip
              label={t("activity.board")}
              options={boardOptions(boards)}
              value={board}
              onChange={(next) => set({ board: next })}
            />
            {(isAdmin || agent) && (
              <FilterChip
                label={t("common.agent")}
                options={agents.map(({ id, name }) => ({ id, label: name }))}
                value={agent}
                onChange={(next) => set({ agent: next })}
              />
            )}
            {task && (
              <FilterChip
                label={t("activity.task")}
                options={[]}
                value={task}
                name={taskName}
                onChange={(next) => set({ task: next })}
              />
            )}
            <Checkbox
              label={t("activity.checkins")}
              checked={checkins ?? false}
              onChange={(event) => set({ checkins: event.target.checked || undefined })}
            />
          </div>
        </div>
        <div className="min-h-0 flex-1">
          <Loaded query={query}>
            {(page) => <Feed key={JSON.stringify(filter)} filter={filter} live={page} kind={wanted} words={q} />}
          </Loaded>
        </div>
      </div>
    </Page>
  );
}

/** What the server is asked for; it tells comments apart only by their full name, and `other` not at all. */
function eventsOf(kind: Kind): string | undefined {
  if (kind === "other") return undefined;
  return kind === "comment" ? "task.comment" : kind;
}

type Entries = Listed<Activity> & { next_cursor?: string | null };

interface FeedProps {
  filter: queries.ActivityFilter;
  /** The newest entries, which grow by themselves. */
  live: Entries;
  kind: Kind | undefined;
  words: string | undefined;
}

/** A line of the feed: the heading of a day, or what happened. */
type Line = { day: string } | { event: Activity };

function Feed({ filter, live: { items: live, total, next_cursor }, kind, words }: FeedProps) {
  const [{ items: read, next }, setRead] = useState<{ items: Activity[]; next?: string }>({ items: [] });
  const timeZone = useTimezone();
  // A list of the greatest length drops its oldest entries: what was read after them does not follow any more.
  const follows = live.length < MOST_LIVE;
  const older = follows ? read : [];
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
  const more = async () => {
    const cursor = next ?? next_cursor ?? undefined;
    const page = await queries.readActivity(filter, follows ? { cursor } : { offset: known.length });
    setRead({ items: [...older, ...page.items], next: page.next_cursor ?? undefined });
  };
  return (
    <VirtualList
      label={t("nav.activity")}
      className="h-full px-5 py-5 max-md:px-4"
      inner="mx-auto max-w-6xl"
      items={lines}
      keyOf={keyOf}
      estimate={(line) => ("day" in line ? 36 : 62)}
      lined={(line) => "event" in line}
      row={(line) =>
        "day" in line ? (
          <h2 className="pb-1 pt-3 text-xs font-medium tracking-normal text-muted">{line.day}</h2>
        ) : (
          <ActivityRow event={line.event} />
        )
      }
      empty={
        <Empty
          icon={<ActivityIcon size={20} />}
          title={t(known.length === 0 ? "activity.empty" : "common.nothingFound")}
        />
      }
      after={
        known.length < total && (
          <Button className="mt-3" onClick={() => void more().catch(toast.error)}>
            {t("common.older")}
          </Button>
        )
      }
    />
  );
}

function keyOf(line: Line): string {
  return "day" in line ? line.day : line.event.id;
}
