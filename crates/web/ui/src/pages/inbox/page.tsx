import { getRouteApi } from "@tanstack/react-router";
import { ArrowLeft, ArrowUp, Check, Inbox, MessageSquareText, X } from "lucide-react";
import { Fragment, Suspense, useEffect, useRef, useState } from "react";
import { queryClient } from "@/api/query-client";
import type { Approval } from "@/api/types";
import { useShortcuts } from "@/app/shortcuts";
import { t } from "@/i18n/home";
import { Button, IconButton } from "@/ui/button";
import { lazily } from "@/ui/lazily";
import { Page } from "@/ui/page";
import { Empty, Failure, Skeleton, SkeletonRows } from "@/ui/states";
import { Segmented } from "@/ui/tabs";
import { commandOf } from "../commands/of-approval";
import { type Decision, decide } from "./decide";
import { GroupHeading } from "./group-heading";
import { arranged, groupAt } from "./groups";
import { ItemDetail } from "./item-detail";
import { ItemGone } from "./item-gone";
import { ItemRow, titleOf } from "./item-row";
import { type InboxItem, newsOf, useInbox } from "./items";
import { markDone } from "./marks";
import { ReasonForm } from "./reason-form";
import { SETTLE_MS, useSteady } from "./steady";

const CommandBar = lazily(() => import("../commands/bar"));
const route = getRouteApi("/inbox");

const KINDS = ["all", "approval", "mention", "task", "agent"] as const;

/** A decision that waits for its reason. */
interface Reasoning {
  decision: Decision;
  approvals: Approval[];
}

/** Everything that waits for the person, to be worked off one by one or many at once, by keyboard alone if wanted. */
export default function InboxPage() {
  const { items: all, loading, error } = useInbox();
  const { item: wanted, show } = route.useSearch();
  const navigate = route.useNavigate();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [reasoning, setReasoning] = useState<Reasoning>();
  const list = useRef<HTMLUListElement>(null);

  // `show` is a kind, or a board whose approvals are asked for.
  const kind = KINDS.find((name) => name === show);
  const listed = all.filter((item) => {
    if (!show || show === "all") return true;
    return kind ? item.kind === kind : item.kind === "approval" && item.approval.board_id === show;
  });
  const { shown: items, fresh, renew } = useSteady(arranged(listed), show ?? "all", !loading);

  // The item that is read stays the one that is read, whatever comes and goes around it.
  const [pinned, setPinned] = useState<InboxItem>();
  const currentId = wanted ?? pinned?.id ?? items[0]?.id;
  const current = items.find(({ id }) => id === currentId) ?? fresh.find(({ id }) => id === currentId);
  useEffect(() => {
    if (current && current !== pinned) setPinned(current);
  }, [current, pinned]);
  const at = items.findIndex(({ id }) => id === currentId);
  const place = useRef(0);
  useEffect(() => {
    if (at >= 0) place.current = at;
  }, [at]);

  const open = (item: InboxItem | undefined, replace = true) => {
    setReasoning(undefined);
    setPinned(item);
    void navigate({ search: (now) => ({ ...now, item: item?.id }), replace });
  };
  const advanced = useRef(Number.NEGATIVE_INFINITY);
  // What was selected one by one is meant.
  const settling = () => selected.size === 0 && performance.now() - advanced.current < SETTLE_MS;
  /** Goes on to what follows the items that have been dealt with. */
  const advance = (done: readonly InboxItem[]) => {
    setSelected(new Set());
    setReasoning(undefined);
    advanced.current = performance.now();
    if (!done.some(({ id }) => id === currentId)) return;
    const left = (item: InboxItem | undefined) => item && !done.includes(item);
    const next = items.slice(place.current).find(left) ?? items.slice(0, place.current).findLast(left);
    setPinned(next);
    if (wanted) void navigate({ search: (now) => ({ ...now, item: next?.id }), replace: true });
  };

  const targets = selected.size > 0 ? items.filter(({ id }) => selected.has(id)) : current ? [current] : [];
  const asked = targets.filter((item) => item.kind === "approval");
  const command = current?.kind === "approval" ? commandOf(current.approval) : undefined;
  const settle = (approvals: Approval[], decision: Decision, reason?: string) => {
    advance(items.filter(({ id }) => approvals.some((approval) => approval.id === id)));
    return decide(approvals, decision, reason);
  };
  const approve = () => {
    if (asked.length === 0 || settling()) return;
    const approvals = asked.map(({ approval }) => approval);
    void settle(approvals, "approved");
  };
  const ask = (decision: Decision) => {
    if (asked.length > 0 && !settling()) setReasoning({ decision, approvals: asked.map(({ approval }) => approval) });
  };
  const dismiss = () => {
    const others = targets.filter(({ kind: name }) => name !== "approval");
    if (others.length === 0 || settling()) return;
    advance(others);
    void markDone(
      others.map(({ id }) => id),
      true,
    );
  };
  const step = (by: number) => {
    const from = at < 0 ? place.current - (by > 0 ? 1 : 0) : at;
    const next = items[Math.max(0, Math.min(items.length - 1, from + by))];
    open(next);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-item="${next?.id}"]`)?.focus());
  };
  const toggle = (item: InboxItem) => {
    const next = new Set(selected);
    if (!next.delete(item.id)) next.add(item.id);
    setReasoning(undefined);
    setSelected(next);
  };

  const group = t("nav.inbox");
  useShortcuts([
    { keys: "j", label: t("keys.next"), group, run: () => step(1) },
    { keys: "k", label: t("keys.previous"), group, run: () => step(-1) },
    { keys: "y", label: t("inbox.approve"), group, run: approve },
    { keys: "n", label: t("inbox.reject"), group, run: () => ask("rejected") },
    { keys: "r", label: t("inbox.approveBecause"), group, run: () => ask("approved") },
    { keys: "e", label: t("inbox.done"), group, run: dismiss },
    { keys: "x", label: t("common.select"), group, run: () => current && toggle(current) },
  ]);

  return (
    <Page
      fill
      title={t("nav.inbox")}
      count={newsOf(all)}
      actions={
        <Segmented
          label={t("inbox.kinds")}
          value={kind ?? "all"}
          onChange={(next) => void navigate({ search: { show: next === "all" ? undefined : next } })}
          options={KINDS.map((value) => ({ value, label: t(`inbox.${value}`) }))}
        />
      }
    >
      {error ? <Failure error={error} retry={() => void queryClient.refetchQueries({ type: "active" })} /> : null}
      {error && items.length === 0 ? null : loading ? (
        <div className="p-5">
          <SkeletonRows />
        </div>
      ) : items.length === 0 && !currentId ? (
        <Empty icon={<Inbox size={20} />} title={t("inbox.emptyTitle")}>
          {t("inbox.emptyText")}
        </Empty>
      ) : (
        <div className="flex h-full">
          <div
            className={`flex w-96 shrink-0 flex-col border-r border-line max-md:w-full ${wanted ? "max-md:hidden" : ""}`}
          >
            {selected.size > 0 && (
              <div
                role="toolbar"
                aria-label={t("common.selected", { count: selected.size })}
                className="flex items-center gap-2 border-b border-line bg-accent-soft px-3 py-2 text-sm"
              >
                <span className="mr-auto">{t("common.selected", { count: selected.size })}</span>
                {asked.length > 0 && (
                  <>
                    <Button look="primary" size="sm" onClick={approve}>
                      {t("inbox.approve")}
                    </Button>
                    <Button size="sm" onClick={() => ask("rejected")}>
                      {t("inbox.reject")}
                    </Button>
                    <IconButton
                      label={t("inbox.approveBecause")}
                      keys="r"
                      icon={<MessageSquareText size={14} />}
                      onClick={() => ask("approved")}
                    />
                  </>
                )}
                <IconButton
                  label={t("common.unselect")}
                  icon={<X size={14} />}
                  onClick={() => setSelected(new Set())}
                />
              </div>
            )}
            {fresh.length > 0 && (
              <button
                type="button"
                onClick={renew}
                className="flex items-center justify-center gap-1.5 border-b border-line bg-accent-soft px-3 py-1.5 text-sm font-medium text-accent-text"
              >
                <ArrowUp size={14} />
                {t("inbox.fresh", { count: fresh.length })}
              </button>
            )}
            <ul ref={list} className="min-h-0 flex-1 overflow-y-auto">
              {items.map((item, index) => (
                <Fragment key={item.id}>
                  <GroupHeading group={groupAt(items, index)} select={(ids) => setSelected(new Set(ids))} />
                  <ItemRow
                    item={item}
                    current={item.id === current?.id}
                    selected={selected.has(item.id)}
                    toggle={() => toggle(item)}
                    open={() => open(item, Boolean(wanted))}
                  />
                </Fragment>
              ))}
            </ul>
          </div>
          <div className={`flex min-w-0 flex-1 flex-col ${wanted ? "" : "max-md:hidden"}`}>
            <button
              type="button"
              onClick={() => open(undefined)}
              className="flex items-center gap-1.5 px-4 pt-3 text-sm text-muted md:hidden"
            >
              <ArrowLeft size={14} />
              {t("nav.inbox")}
            </button>
            <div
              tabIndex={0}
              role="region"
              aria-label={t("approval.details")}
              className="min-h-0 flex-1 overflow-y-auto -outline-offset-2"
            >
              {current ? (
                <ItemDetail key={current.id} item={current} />
              ) : (
                <ItemGone
                  key={currentId}
                  id={currentId}
                  item={pinned?.id === currentId ? pinned : undefined}
                  next={items.length > 0 ? () => step(1) : undefined}
                />
              )}
            </div>
            {current && (
              <div className="border-t border-line bg-surface px-6 py-3 max-md:px-4">
                {reasoning ? (
                  <ReasonForm
                    key={namesOf(reasoning.approvals)}
                    decision={reasoning.decision}
                    about={
                      reasoning.approvals.length === 1
                        ? titleOf(current)
                        : t("common.selected", { count: reasoning.approvals.length })
                    }
                    draft={namesOf(reasoning.approvals)}
                    submit={(reason) => settle(reasoning.approvals, reasoning.decision, reason)}
                    cancel={() => setReasoning(undefined)}
                  />
                ) : command && current.kind === "approval" ? (
                  <Suspense fallback={<Skeleton className="h-8" />}>
                    <CommandBar
                      key={current.id}
                      approval={current.approval}
                      command={command}
                      settling={settling}
                      decided={() => advance([current])}
                    />
                  </Suspense>
                ) : current.kind === "approval" ? (
                  <div className="flex flex-wrap items-center gap-2">
                    <Button look="primary" onClick={approve}>
                      <Check size={14} />
                      {t("inbox.approve")}
                      <kbd className="ml-1 font-sans text-xs">Y</kbd>
                    </Button>
                    <Button onClick={() => ask("rejected")}>
                      <X size={14} />
                      {t("inbox.reject")}
                      <kbd className="ml-1 font-sans text-xs text-muted">N</kbd>
                    </Button>
                    <Button look="ghost" onClick={() => ask("approved")}>
                      {t("inbox.approveBecause")}
                      <kbd className="ml-1 font-sans text-xs">R</kbd>
                    </Button>
                  </div>
                ) : (
                  <Button onClick={dismiss}>
                    <Check size={14} />
                    {t("inbox.done")}
                    <kbd className="ml-1 font-sans text-xs text-muted">E</kbd>
                  </Button>
                )}
              </div>
            )}
          </div>
        </div>
      )}
    </Page>
  );
}

function namesOf(approvals: Approval[]) {
  return approvals.map(({ id }) => id).join(" ");
}
