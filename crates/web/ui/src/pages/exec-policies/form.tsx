import { useState } from "react";
import { reread } from "@/api/cache";
import { createExecPolicy, type ExecPolicyCreate, tryExecPolicy } from "@/api/exec-policies";
import type { ExecApproval, ExecPolicyTrial } from "@/api/types";
import { t } from "@/i18n/rules";
import { EVERYBODY, WhomField } from "@/pages/budgets/whom";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { toast } from "@/ui/toast";
import { Trial } from "./trial";
import { beginning, EFFECTS, type Effect, MATCHINGS, type Matching, mayBeSeveral } from "./words";

/** How long a rule may hold, in days. */
const DAYS = [1, 7, 30, 90] as const;

/** A new rule, perhaps one for commands like `example`. What it would have done is shown before it is made. */
export default function PolicyForm({ example, close }: { example?: ExecApproval; close(): void }) {
  const several = example !== undefined && mayBeSeveral(example.command);
  const [whom, setWhom] = useState(example ? { board_id: null, agent_id: example.agent_id } : EVERYBODY);
  const [effect, setEffect] = useState<Effect>(example ? "allow" : "ask");
  const [matching, setMatching] = useState<Matching>(several ? "exact" : "prefix");
  const [pattern, setPattern] = useState(example ? (several ? example.command : beginning(example.command)) : "");
  const [host, setHost] = useState(example?.host ?? "");
  const [days, setDays] = useState(example ? "30" : "");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState<{ of: string; trial: ExecPolicyTrial }>();

  const body = (): ExecPolicyCreate => ({
    ...whom,
    host: host.trim(),
    pattern,
    matching,
    effect,
    reason: reason.trim(),
    expires_at: days ? new Date(Date.now() + Number(days) * 86_400_000).toISOString().replace("Z", "") : null,
  });
  // Only what was tried is made.
  const wanted = JSON.stringify([whom, effect, matching, pattern, host]);
  const trial = tried?.of === wanted ? tried.trial : undefined;
  const form = useForm(async () => {
    if (!trial) {
      setTried({ of: wanted, trial: await tryExecPolicy(body()) });
      return;
    }
    await createExecPolicy(body());
    toast.ok(t("common.saved"));
    reread(["exec-policies"]);
    close();
  });
  return (
    <FormDialog
      title={t("execPolicy.new")}
      description={t("execPolicy.text")}
      form={form}
      close={close}
      action={t(trial ? "execPolicy.make" : "execPolicy.try")}
      ready={pattern.trim() !== ""}
    >
      <WhomField value={whom} onChange={setWhom} error={form.fault("board_id") ?? form.fault("agent_id")} />
      <div className="grid grid-cols-2 gap-3">
        <Field label={t("execPolicy.effect")}>
          <Select value={effect} onChange={(event) => setEffect(event.target.value as Effect)}>
            {EFFECTS.map((name) => (
              <option key={name} value={name}>
                {t(`execEffect.${name}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t("execPolicy.matching")}>
          <Select value={matching} onChange={(event) => setMatching(event.target.value as Matching)}>
            {MATCHINGS.map((name) => (
              <option key={name} value={name}>
                {t(`execMatching.${name}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Field
        label={t("execPolicy.pattern")}
        hint={t(effect === "allow" ? "execPolicy.allowHint" : "execPolicy.otherHint")}
        error={form.fault("pattern")}
        required
      >
        <Textarea
          rows={2}
          maxLength={1000}
          className="font-mono"
          spellCheck={false}
          value={pattern}
          onChange={(event) => setPattern(event.target.value)}
        />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t("execPolicy.host")} hint={t("execPolicy.hostHint")} error={form.fault("host")}>
          <Input value={host} maxLength={200} onChange={(event) => setHost(event.target.value)} autoComplete="off" />
        </Field>
        <Field label={t("execPolicy.lasts")} error={form.fault("expires_at")}>
          <Select value={days} onChange={(event) => setDays(event.target.value)}>
            <option value="">{t("execPolicy.forEver")}</option>
            {DAYS.map((count) => (
              <option key={count} value={count}>
                {t("execPolicy.days", { count })}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Field label={t("execPolicy.reason")} error={form.fault("reason")}>
        <Textarea rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {trial && <Trial trial={trial} />}
    </FormDialog>
  );
}
