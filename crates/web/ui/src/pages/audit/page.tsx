import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Download, ScrollText } from "lucide-react";
import { useMemo } from "react";
import { type AuditFilter, audit, auditFile } from "@/api/audit";
import * as queries from "@/api/queries";
import { serviceAccounts, tokens } from "@/api/tokens";
import { t } from "@/i18n/admin";
import { Button, buttonClass } from "@/ui/button";
import { FilterChip } from "@/ui/filter-chip";
import { Page } from "@/ui/page";
import { Empty, Loaded } from "@/ui/states";
import { momentIn, useTimezone } from "@/ui/time";
import { toast } from "@/ui/toast";
import { VirtualList } from "@/ui/virtual-list";
import { memberName } from "../organization/member-name";
import { DateField } from "../task/date-field";
import { AuditRow } from "./row";
import { actionOptions, thingOptions } from "./words";

const route = getRouteApi("/audit");

/** Who did what, when, from where, and what it changed. */
export default function AuditPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const timeZone = useTimezone();
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  const filter = useMemo<AuditFilter>(
    () => ({
      actor_id: search.actor,
      action: search.action,
      object_kind: search.kind,
      object_id: search.object,
      request_id: search.request,
      since: search.since && momentIn(search.since, "00:00:00", timeZone),
      // The last day is shown whole.
      until: search.until && momentIn(search.until, "24:00:00", timeZone),
    }),
    [search, timeZone],
  );
  const query = useInfiniteQuery(audit(filter));
  const nameOf = useNames();
  const actors = useActors();
  const filtered = Object.values(search).some((term) => term !== undefined);
  return (
    <Page
      fill
      column
      title={t("nav.audit")}
      description={t("audit.text")}
      actions={
        <>
          <Button disabled={query.isFetching} onClick={() => void query.refetch()}>
            {t("common.refresh")}
          </Button>
          {(["csv", "jsonl"] as const).map((format) => (
            <a key={format} href={auditFile(filter, format)} download className={buttonClass()}>
              <Download size={14} />
              {format.toUpperCase()}
            </a>
          ))}
        </>
      }
    >
      <div className="flex h-full flex-col">
        <div className="px-5 pt-3 max-md:px-4">
          <div
            role="group"
            aria-label={t("audit.filter")}
            className="mx-auto flex max-w-6xl flex-wrap items-center gap-2"
          >
            <FilterChip
              label={t("audit.by")}
              options={actors}
              value={search.actor}
              onChange={(actor) => set({ actor })}
            />
            <FilterChip
              label={t("audit.action")}
              options={actionOptions()}
              value={search.action}
              onChange={(action) => set({ action })}
            />
            <FilterChip
              label={t("audit.thing")}
              options={thingOptions()}
              value={search.kind}
              onChange={(kind) => set({ kind })}
            />
            {search.object && (
              <FilterChip
                label={t("audit.id")}
                options={[]}
                value={search.object}
                name={nameOf(search.object)}
                onChange={(object) => set({ object })}
              />
            )}
            {search.request && (
              <FilterChip
                label={t("audit.request")}
                options={[]}
                value={search.request}
                onChange={(request) => set({ request })}
              />
            )}
            <span className="flex items-center gap-1 text-sm text-muted">
              <DateField
                aria-label={t("audit.since")}
                className="!w-36"
                quiet={false}
                value={search.since ?? ""}
                choose={(day) => set({ since: day || undefined })}
              />
              –
              <DateField
                aria-label={t("audit.until")}
                className="!w-36"
                quiet={false}
                value={search.until ?? ""}
                choose={(day) => set({ until: day || undefined })}
              />
            </span>
            {filtered && (
              <Button look="ghost" size="sm" onClick={() => void navigate({ search: {}, replace: true })}>
                {t("audit.everything")}
              </Button>
            )}
          </div>
        </div>
        <div className="min-h-0 flex-1">
          <Loaded query={query}>
            {({ pages }) => {
              const entries = pages.flatMap(({ items }) => items);
              return (
                <VirtualList
                  key={JSON.stringify(filter)}
                  label={t("nav.audit")}
                  className="h-full px-5 py-3 max-md:px-3"
                  inner="mx-auto max-w-6xl"
                  items={entries}
                  keyOf={({ seq }) => String(seq)}
                  estimate={() => 41}
                  row={(entry) => (
                    <AuditRow
                      entry={entry}
                      name={nameOf(entry.object_id)}
                      token={nameOf(entry.token_id)}
                      only={(terms) => void navigate({ search: terms })}
                    />
                  )}
                  empty={
                    <Empty icon={<ScrollText size={20} />} title={t(filtered ? "common.nothingFound" : "audit.empty")}>
                      {t(filtered ? "audit.noneFits" : "audit.emptyText")}
                    </Empty>
                  }
                  after={
                    query.hasNextPage && (
                      <Button
                        className="mt-3"
                        disabled={query.isFetchingNextPage}
                        onClick={() => void query.fetchNextPage().catch(toast.error)}
                      >
                        {t("common.older")}
                      </Button>
                    )
                  }
                />
              );
            }}
          </Loaded>
        </div>
      </div>
    </Page>
  );
}

/** Who may be in the record: members, programs and agents that there are. */
function useActors() {
  const { data: members = [] } = useQuery(queries.members);
  const { data: accounts = [] } = useQuery(serviceAccounts);
  const { data: agents = [] } = useQuery(queries.agents);
  return useMemo(() => {
    const programs = new Set(accounts.map(({ id }) => id));
    return [
      ...members.map((member) => ({
        id: member.user_id,
        label: memberName(member),
        note: t(programs.has(member.id) ? "tokens.program" : "common.person"),
      })),
      ...agents.map(({ id, name }) => ({ id, label: name, note: t("common.agent") })),
    ];
  }, [members, accounts, agents]);
}

/** What things are called now, by their ids. */
function useNames(): (id: string | null | undefined) => string | undefined {
  const { data: boards = [] } = useQuery(queries.boards);
  const { data: agents = [] } = useQuery(queries.agents);
  const { data: gateways = [] } = useQuery(queries.gateways);
  const { data: groups = [] } = useQuery(queries.boardGroups);
  const { data: tags = [] } = useQuery(queries.tags);
  const { data: members = [] } = useQuery(queries.members);
  const { data: programs = [] } = useQuery(tokens);
  return useMemo(() => {
    const names = new Map([
      ...[boards, agents, gateways, groups, tags, programs].flat().map(({ id, name }) => [id, name] as const),
      ...members.map((member) => [member.id, memberName(member)] as const),
    ]);
    return (id) => (id ? names.get(id) : undefined);
  }, [boards, agents, gateways, groups, tags, programs, members]);
}
