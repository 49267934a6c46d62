import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import clsx from "clsx";
import { Plus, ShieldCheck, Undo2 } from "lucide-react";
import { Suspense, useState } from "react";
import { attempt } from "@/api/actions";
import { command, execPolicies, withdrawExecPolicy } from "@/api/exec-policies";
import type { ExecPolicy } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/rules";
import { useWhom } from "@/pages/budgets/whom";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Code } from "@/ui/code";
import { confirm } from "@/ui/confirm";
import { lazily } from "@/ui/lazily";
import { MenuItem } from "@/ui/menu";
import { Card, Page } from "@/ui/page";
import { RowMenu } from "@/ui/row-menu";
import { Empty, Loaded } from "@/ui/states";
import { Segmented } from "@/ui/tabs";
import { Time } from "@/ui/time";
import { effectTone, effectWord, matchingWord } from "./words";

const PolicyForm = lazily(() => import("./form"));

/** The rules that decide about commands before a person is asked. */
export default function ExecPoliciesPage() {
  const query = useQuery(execPolicies);
  const { isAdmin } = useAccess();
  const { from } = useSearch({ strict: false }) as { from?: string };
  const navigate = useNavigate();
  const { data: example } = useQuery({ ...command(from ?? ""), enabled: isAdmin && from !== undefined });
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<"live" | "over">("live");
  const close = () => {
    setAdding(false);
    if (from) void navigate({ to: "/exec-policies", search: {}, replace: true });
  };
  const create = isAdmin && (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus size={15} />
      {t("execPolicy.new")}
    </Button>
  );
  return (
    <Page title={t("execPolicy.title")} description={t("execPolicy.about")} actions={create}>
      <Segmented
        label={t("execPolicy.shown")}
        value={shown}
        onChange={(next) => setShown(next)}
        options={(["live", "over"] as const).map((value) => ({ value, label: t(`execPolicyShown.${value}`) }))}
      />
      <div className="mt-3">
        <Loaded query={query}>
          {({ items }) => {
            const listed = items.filter(({ live }) => live === (shown === "live"));
            return listed.length === 0 ? (
              <Empty icon={<ShieldCheck size={20} />} title={t("execPolicy.emptyTitle")} action={create}>
                {t("execPolicy.emptyText")}
              </Empty>
            ) : (
              <ul className="grid gap-3 lg:grid-cols-2">
                {listed.map((policy) => (
                  <li key={policy.id}>
                    <PolicyCard policy={policy} mayWithdraw={isAdmin && policy.live} />
                  </li>
                ))}
              </ul>
            );
          }}
        </Loaded>
      </div>
      <Suspense>{(adding || (from && example)) && <PolicyForm key={from} example={example} close={close} />}</Suspense>
    </Page>
  );
}

/** Asks before a rule decides nothing any more. */
async function withdraw({ id, pattern }: ExecPolicy) {
  const question = {
    title: t("execPolicy.withdrawTitle"),
    text: t("execPolicy.withdrawText", { pattern }),
    action: t("execPolicy.withdraw"),
  };
  if (await confirm(question)) {
    await attempt(() => withdrawExecPolicy(id), t("execPolicy.withdrawn"), [["exec-policies"]]);
  }
}

function PolicyCard({ policy, mayWithdraw }: { policy: ExecPolicy; mayWithdraw: boolean }) {
  const scope = useWhom(policy);
  return (
    <Card className={clsx("flex h-full flex-col gap-2.5 px-4 py-3 text-sm", !policy.live && "text-muted")}>
      <div className="flex items-center gap-2">
        <Badge tone={effectTone(policy)}>{effectWord(policy.effect)}</Badge>
        <h2 className="min-w-0 truncate text-base">{scope}</h2>
        {mayWithdraw && (
          <span className="ml-auto">
            <RowMenu label={t("common.actionsFor", { name: policy.pattern })}>
              <MenuItem icon={<Undo2 size={14} />} danger onSelect={() => void withdraw(policy)}>
                {t("execPolicy.withdraw")}
              </MenuItem>
            </RowMenu>
          </span>
        )}
      </div>
      <Code label={matchingWord(policy.matching)}>{policy.pattern}</Code>
      {policy.host && <p>{t("execPolicy.onHost", { host: policy.host })}</p>}
      {policy.reason && <p className="wrap-anywhere">{policy.reason}</p>}
      <p className="mt-auto flex flex-wrap gap-x-3 gap-y-1 text-xs text-muted">
        <span>
          {policy.author_name ?? t("common.person")}, <Time at={policy.created_at} />
        </span>
        {policy.revoked_at ? (
          <span>
            {t("execPolicy.withdrawn")} <Time at={policy.revoked_at} />
          </span>
        ) : (
          policy.expires_at && (
            <span>
              {t("execPolicy.until")} <Time at={policy.expires_at} />
            </span>
          )
        )}
      </p>
    </Card>
  );
}
