import { useState } from "react";
import { createBudget, updateBudget } from "@/api/budgets";
import { reread } from "@/api/cache";
import type { Budget } from "@/api/types";
import { t } from "@/i18n/more";
import { Checkbox, Field, Input, Select } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { useTimezone } from "@/ui/time";
import { toast } from "@/ui/toast";
import { EVERYBODY, WhomField } from "./whom";
import { METRICS, PERIODS, sentAmount, typedAmount } from "./words";

type Metric = (typeof METRICS)[number];
type Period = (typeof PERIODS)[number];

/** A new budget, or what can be changed of one: what it counts, and for whom, stays. */
export default function BudgetForm({ budget, close }: { budget?: Budget; close(): void }) {
  const zone = useTimezone();
  const [whom, setWhom] = useState(EVERYBODY);
  const [metric, setMetric] = useState((budget?.metric ?? "tokens") as Metric);
  const [period, setPeriod] = useState<Period>("day");
  const [timeZone, setTimeZone] = useState(zone);
  const [limit, setLimit] = useState(budget ? typedAmount(budget.metric, budget.limit) : "");
  const [warn, setWarn] = useState(String(budget?.warn_percent ?? 80));
  const [slow, setSlow] = useState(String(budget?.slow_percent ?? 90));
  const [abort, setAbort] = useState(budget?.abort_running ?? false);
  const [resume, setResume] = useState(budget?.resume_on_new_window ?? true);
  const [enabled, setEnabled] = useState(budget?.enabled ?? true);
  const form = useForm(async () => {
    const limits = {
      limit: sentAmount(metric, limit),
      warn_percent: Number(warn),
      slow_percent: Number(slow),
      abort_running: abort,
      resume_on_new_window: resume,
    };
    if (budget) {
      await updateBudget(budget.id, { ...limits, enabled });
    } else {
      await createBudget({
        ...limits,
        metric,
        period,
        time_zone: timeZone.trim(),
        ...whom,
      });
    }
    toast.ok(t("common.saved"));
    reread(["budgets"]);
    close();
  });
  return (
    <FormDialog
      title={t(budget ? "budget.edit" : "budget.new")}
      description={t("budget.text")}
      form={form}
      close={close}
      action={t("common.save")}
      ready={Number(limit.replace(",", ".")) > 0}
    >
      {!budget && (
        <>
          <WhomField value={whom} onChange={setWhom} error={form.fault("board_id") ?? form.fault("agent_id")} />
          <div className="grid grid-cols-2 gap-3">
            <Field label={t("budget.metric")}>
              <Select value={metric} onChange={(event) => setMetric(event.target.value as Metric)}>
                {METRICS.map((name) => (
                  <option key={name} value={name}>
                    {t(`budgetMetric.${name}`)}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label={t("budget.period")}>
              <Select value={period} onChange={(event) => setPeriod(event.target.value as Period)}>
                {PERIODS.map((name) => (
                  <option key={name} value={name}>
                    {t(`budgetPeriod.${name}`)}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
          <Field label={t("budget.timeZone")} error={form.fault("time_zone")}>
            <Input value={timeZone} onChange={(event) => setTimeZone(event.target.value)} autoComplete="off" />
          </Field>
        </>
      )}
      <Field
        label={t("budget.limit")}
        hint={metric === "cost" ? t("budget.inDollars") : undefined}
        error={form.fault("limit")}
        required
      >
        <Input
          inputMode="decimal"
          value={limit}
          onChange={(event) => setLimit(event.target.value)}
          autoComplete="off"
        />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t("budget.warnAt")} error={form.fault("warn_percent")}>
          <Input type="number" min={1} max={100} value={warn} onChange={(event) => setWarn(event.target.value)} />
        </Field>
        <Field label={t("budget.slowAt")} error={form.fault("slow_percent")}>
          <Input type="number" min={1} max={100} value={slow} onChange={(event) => setSlow(event.target.value)} />
        </Field>
      </div>
      <Checkbox label={t("budget.abort")} checked={abort} onChange={(event) => setAbort(event.target.checked)} />
      <Checkbox label={t("budget.resume")} checked={resume} onChange={(event) => setResume(event.target.checked)} />
      {budget && (
        <Checkbox
          label={t("budget.enabled")}
          checked={enabled}
          onChange={(event) => setEnabled(event.target.checked)}
        />
      )}
    </FormDialog>
  );
}
