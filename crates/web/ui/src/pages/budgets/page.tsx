import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import { Pencil, Plus, Trash2, Wallet } from "lucide-react";
import { Suspense, useState } from "react";
import { attempt, remove } from "@/api/actions";
import { budgets, deleteBudget, extendBudget } from "@/api/budgets";
import * as queries from "@/api/queries";
import type { Budget } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { confirm } from "@/ui/confirm";
import { lazily } from "@/ui/lazily";
import { MenuItem } from "@/ui/menu";
import { Card, Page } from "@/ui/page";
import { RowMenu } from "@/ui/row-menu";
import { Empty, Loaded } from "@/ui/states";
import { Time } from "@/ui/time";
import { useWhom } from "./whom";
import { amountWord, periodWord, share, stageTone, stageWord } from "./words";

const BudgetForm = lazily(() => import("./form"));

/** The limits to what agents use, and how far they are used up. */
export default function BudgetsPage() {
  const query = useQuery(budgets);
  const { isAdmin } = useAccess();
  const [editing, setEditing] = useState<Budget | "new">();
  const create = isAdmin && (
    <Button look="primary" onClick={() => setEditing("new")}>
      <Plus size={15} />
      {t("budget.new")}
    </Button>
  );
  return (
    <Page title={t("budget.title")} description={t("budget.about")} actions={create}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={<Wallet size={20} />} title={t("budget.emptyTitle")} action={create}>
              {t("budget.emptyText")}
            </Empty>
          ) : (
            <ul className="grid gap-3 lg:grid-cols-2">
              {items.map((budget) => (
                <li key={budget.id}>
                  <BudgetCard budget={budget} edit={isAdmin ? () => setEditing(budget) : undefined} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Suspense>
        {editing && <BudgetForm budget={editing === "new" ? undefined : editing} close={() => setEditing(undefined)} />}
      </Suspense>
    </Page>
  );
}

function BudgetCard({ budget, edit }: { budget: Budget; edit?: () => void }) {
  const { metric, window } = budget;
  const name = useWhom(budget);
  const allowed = budget.limit + window.extra;
  const title = `${name}, ${periodWord(budget)}`;
  return (
    <Card className="flex h-full flex-col gap-2.5 px-4 py-3 text-sm">
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 truncate text-base">{name}</h2>
        <span className="text-muted">{periodWord(budget)}</span>
        <span className="ml-auto flex items-center gap-1">
          <Badge tone={stageTone(budget)}>{stageWord(budget)}</Badge>
          {edit && (
            <RowMenu label={t("common.actionsFor", { name: title })}>
              <MenuItem icon={<Pencil size={14} />} onSelect={edit}>
                {t("common.edit")}
              </MenuItem>
              <MenuItem
                icon={<Trash2 size={14} />}
                danger
                onSelect={() =>
                  void remove({
                    title: t("budget.deleteTitle", { name: title }),
                    text: t("budget.deleteText"),
                    keys: [["budgets"]],
                    run: () => deleteBudget(budget.id),
                  })
                }
              >
                {t("common.delete")}
              </MenuItem>
            </RowMenu>
          )}
        </span>
      </div>
      <Bar budget={budget} label={title} />
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
        <span>
          {t("budget.used", { used: amountWord(metric, window.used), limit: amountWord(metric, allowed) })}
          {window.extra > 0 && (
            <span className="text-muted"> {t("budget.withExtra", { extra: amountWord(metric, window.extra) })}</span>
          )}
        </span>
        <span className="text-xs text-muted">
          {t("budget.until")} <Time at={window.ends_at} /> · {budget.time_zone}
        </span>
      </div>
      <Held budget={budget} />
      {edit && window.stage === "stopped" && budget.enabled && (
        <div>
          <Button size="sm" onClick={() => void goOn(budget, title)}>
            {t("budget.goOn")}
          </Button>
        </div>
      )}
    </Card>
  );
}

/** Asks before the limit is allowed once more in this period. */
async function goOn(budget: Budget, name: string) {
  const amount = amountWord(budget.metric, budget.limit);
  const question = {
    title: t("budget.goOnTitle", { name }),
    text: t("budget.goOnText", { amount }),
    action: t("budget.goOn"),
  };
  if (await confirm(question)) {
    await attempt(() => extendBudget(budget.id, budget.limit), t("common.saved"), [["budgets"], ["agents"]]);
  }
}

function Held({ budget }: { budget: Budget }) {
  const { isAdmin } = useAccess();
  const { data: agents = [] } = useQuery({ ...queries.agents, enabled: isAdmin });
  if (budget.held_agent_ids.length === 0) return null;
  const held = agents.filter(({ id }) => budget.held_agent_ids.includes(id));
  return (
    <p className="text-bad">
      {t("budget.held", { count: budget.held_agent_ids.length })}{" "}
      {held.slice(0, 5).map((agent, index) => (
        <span key={agent.id}>
          {index > 0 && ", "}
          <Link to="/agents/$agentId" params={{ agentId: agent.id }} className="underline">
            {agent.name}
          </Link>
        </span>
      ))}
      {held.length > 5 && " …"}
    </p>
  );
}

const FILL = { ok: "bg-ok-dot", warned: "bg-warn-dot", slowed: "bg-warn-dot", stopped: "bg-bad-dot" } as const;

/** How much is used, with marks where people are warned and heartbeats slow down. */
function Bar({ budget, label }: { budget: Budget; label: string }) {
  const percent = share(budget);
  const fill = FILL[budget.window.stage as keyof typeof FILL] ?? "bg-accent";
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.min(percent, 100)}
      aria-valuetext={`${percent} %`}
      aria-valuemin={0}
      aria-valuemax={100}
      className="relative h-2.5 overflow-hidden rounded-full bg-hover"
    >
      <div
        className={clsx("h-full rounded-full transition-[width]", budget.enabled ? fill : "bg-idle-dot")}
        style={{ width: `${Math.min(percent, 100)}%` }}
      />
      {[budget.warn_percent, budget.slow_percent].map((mark) => (
        <span key={mark} className="absolute inset-y-0 w-px bg-fg/40" style={{ left: `${mark}%` }} />
      ))}
    </div>
  );
}
