import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Activity as ActivityIcon } from "lucide-react";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { Activity } from "@/api/types";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { Input, Select } from "@/ui/field";
import { Page } from "@/ui/page";
import { Empty, Loaded } from "@/ui/states";
import { exactDay, parseTime, useTimezone } from "@/ui/time";
import { useState } from "react";
import { KINDS, kindOf } from "./kinds";
import { ActivityRow } from "./row";

const route = getRouteApi("/activity");
const PAGE = 200;

/** What happens on all boards, live. */
export default function ActivityPage() {
  const { kind, board, q } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(queries.activity);
  const { data: boards = [] } = useQuery(queries.boards);
  const [older, setOlder] = useState<Activity[]>([]);
  const timeZone = useTimezone();
  const set = (change: { kind?: string; board?: string; q?: string }) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  const more = async (offset: number) => {
    const page = await answer(api.GET("/api/v1/activity", { params: { query: { limit: PAGE, offset, heartbeats: false } } }));
    setOlder((known) => [...known, ...page.items]);
  };
  return (
    <Page
      title={t("nav.activity")}
      actions={
        <>
          <Input
            type="search"
            aria-label={t("common.searchIn", { list: t("nav.activity") })}
            placeholder={t("common.search")}
            className="!w-48"
            value={q ?? ""}
            onChange={(event) => set({ q: event.target.value || undefined })}
          />
          <Select aria-label={t("activity.kind")} className="!w-auto" value={kind ?? ""} onChange={(event) => set({ kind: event.target.value || undefined })}>
            <option value="">{t("activity.everyKind")}</option>
            {KINDS.map((name) => (
              <option key={name} value={name}>
                {t(`activity.${name}`)}
              </option>
            ))}
          </Select>
          <Select aria-label={t("activity.board")} className="!w-auto max-w-44" value={board ?? ""} onChange={(event) => set({ board: event.target.value || undefined })}>
            <option value="">{t("nav.allBoards")}</option>
            {boards.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </>
      }
    >
      <Loaded query={query}>
        {({ items, total }) => {
          const known = new Map([...items, ...older].map((event) => [event.id, event]));
          const shown = [...known.values()].filter(
            (event) =>
              (!kind || kindOf(event) === kind) &&
              (!board || event.board_id === board) &&
              (!q || (event.message ?? "").toLowerCase().includes(q.toLowerCase())),
          );
          const days = Map.groupBy(shown, (event) => exactDay(parseTime(event.created_at), timeZone));
          return (
            <div className="mx-auto max-w-3xl">
              {shown.length === 0 && (
                <Empty icon={<ActivityIcon size={20} />} title={t(known.size === 0 ? "activity.empty" : "common.nothingFound")} />
              )}
              {[...days].map(([day, events]) => (
                <section key={day} className="mb-5">
                  <h2 className="mb-1 text-xs font-medium tracking-normal text-muted">{day}</h2>
                  <ul className="rounded-xl border border-line bg-surface px-4 shadow-1">
                    {events.map((event) => (
                      <ActivityRow key={event.id} event={event} />
                    ))}
                  </ul>
                </section>
              ))}
              {known.size < total && <Button onClick={() => void more(known.size)}>{t("common.older")}</Button>}
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}
