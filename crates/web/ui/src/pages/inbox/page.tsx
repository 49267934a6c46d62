import { getRouteApi } from "@tanstack/react-router";
import { ArrowLeft, Check, Inbox, MessageSquareText, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Approval } from "@/api/types";
import { useShortcuts } from "@/app/shortcuts";
import { t } from "@/i18n";
import { Button, IconButton } from "@/ui/button";
import { Page } from "@/ui/page";
import { Empty, Failure, SkeletonRows } from "@/ui/states";
import { Segmented } from "@/ui/tabs";
import { type Decision, decide } from "./decide";
import { ItemDetail } from "./item-detail";
import { ItemRow } from "./item-row";
import { type InboxItem, markDone, useInbox } from "./items";
import { ReasonForm } from "./reason-form";

const route = getRouteApi("/inbox");

const KINDS = ["all", "approval", "mention", "agent"] as const;

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
  const items = all.filter((item) => {
    if (!show || show === "all") return true;
    return kind ? item.kind === kind : item.kind === "approval" && item.approval.board_id === show;
  });
  const at = items.findIndex(({ id }) => id === wanted);
  const current = items[at] ?? (wanted ? undefined : items[0]);
  const open = (item: InboxItem | undefined, replace = true) =>
    void navigate({ search: (now) => ({ ...now, item: item?.id }), replace });

  // What was open has been dealt with: the next one takes its place.
  const place = useRef(0);
  useEffect(() => {
    if (at >= 0) place.current = at;
    else if (wanted && items.length > 0 && !loading) open(items[Math.min(place.current, items.length - 1)]);
  });

  const targets = selected.size > 0 ? items.filter(({ id }) => selected.has(id)) : current ? [current] : [];
  const approvals = targets.flatMap((item) => (item.kind === "approval" ? [item.approval] : []));
  const settle = () => {
    setSelected(new Set());
    setReasoning(undefined);
  };
  const approve = () => {
    if (approvals.length > 0) void decide(approvals, "approved");
    settle();
  };
  const ask = (decision: Decision) => {
    if (approvals.length > 0) setReasoning({ decision, approvals });
  };
  const dismiss = () => {
    const ids = targets.filter(({ kind: name }) => name !== "approval").map(({ id }) => id);
    markDone(ids, true);
    settle();
  };
  const step = (by: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, (at < 0 ? 0 : at) + by))];
    open(next);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-item="${next?.id}"]`)?.focus());
  };
  const toggle = (item: InboxItem) => {
    const next = new Set(selected);
    if (!next.delete(item.id)) next.add(item.id);
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
    { keys: "x", label: t("inbox.select"), group, run: () => current && toggle(current) },
  ]);

  if (error && all.length === 0) return <Failure error={error} />;
  return (
    <Page
      fill
      title={t("nav.inbox")}
      count={all.length}
      actions={
        <Segmented
          label={t("inbox.kinds")}
          value={kind ?? "all"}
          onChange={(next) => void navigate({ search: { show: next === "all" ? undefined : next } })}
          options={KINDS.map((value) => ({ value, label: t(`inbox.${value}`) }))}
        />
      }
    >
      {loading ? (
        <div className="p-5">
          <SkeletonRows />
        </div>
      ) : items.length === 0 ? (
        <Empty icon={<Inbox size={20} />} title={t("inbox.emptyTitle")}>
          {t("inbox.emptyText")}
        </Empty>
      ) : (
        <div className="flex h-full">
          <div className={`flex w-96 shrink-0 flex-col border-r border-line max-md:w-full ${wanted ? "max-md:hidden" : ""}`}>
            {selected.size > 0 && (
              <div role="toolbar" aria-label={t("inbox.selected", { count: selected.size })} className="flex items-center gap-2 border-b border-line bg-accent-soft px-3 py-2 text-sm">
                <span className="mr-auto">{t("inbox.selected", { count: selected.size })}</span>
                {approvals.length > 0 && (
                  <>
                    <Button look="primary" size="sm" onClick={approve}>
                      {t("inbox.approve")}
                    </Button>
                    <Button size="sm" onClick={() => ask("rejected")}>
                      {t("inbox.reject")}
                    </Button>
                    <IconButton label={t("inbox.approveBecause")} keys="r" icon={<MessageSquareText size={14} />} onClick={() => ask("approved")} />
                  </>
                )}
                <IconButton label={t("inbox.unselect")} icon={<X size={14} />} onClick={() => setSelected(new Set())} />
              </div>
            )}
            <ul ref={list} className="min-h-0 flex-1 overflow-y-auto">
              {items.map((item) => (
                <ItemRow
                  key={item.id}
                  item={item}
                  current={item.id === current?.id}
                  selected={selected.has(item.id)}
                  toggle={() => toggle(item)}
                  open={() => open(item, Boolean(wanted))}
                />
              ))}
            </ul>
          </div>
          <div className={`flex min-w-0 flex-1 flex-col ${wanted ? "" : "max-md:hidden"}`}>
            <button type="button" onClick={() => open(undefined)} className="flex items-center gap-1.5 px-4 pt-3 text-sm text-muted md:hidden">
              <ArrowLeft size={14} />
              {t("nav.inbox")}
            </button>
            <div tabIndex={0} role="region" aria-label={t("approval.details")} className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">
              {current && <ItemDetail key={current.id} item={current} />}
            </div>
            {current && (
              <div className="border-t border-line bg-surface px-6 py-3 max-md:px-4">
                {reasoning ? (
                  <ReasonForm
                    decision={reasoning.decision}
                    submit={(reason) => {
                      void decide(reasoning.approvals, reasoning.decision, reason);
                      settle();
                    }}
                    cancel={() => setReasoning(undefined)}
                  />
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
