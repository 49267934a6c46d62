import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import type { Onboarding } from "@/api/types";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { useEdits } from "@/ui/edits";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { FormError, useForm } from "@/ui/form";
import { Card } from "@/ui/page";
import { useTimezone } from "@/ui/time";
import { MetricsField } from "../board-settings/metrics-field";
import { endOfDay } from "../task/due";

interface Props {
  draft: NonNullable<Onboarding["draft_goal"]>;
  /** Which of the proposals this is: another one may come while it is read. */
  version: number;
  boardId: string;
}

/** What the conversation came to, to be corrected and agreed to. */
export function DraftGoal({ draft, version, boardId }: Props) {
  const navigate = useNavigate();
  const timeZone = useTimezone();
  const edits = useEdits(`goal.${boardId}.${version}`, {
    type: draft.board_type,
    objective: draft.objective ?? "",
    metrics: draft.success_metrics ? JSON.stringify(draft.success_metrics, null, 2) : "",
    date: draft.target_date?.slice(0, 10) ?? "",
  });
  const [type, setType] = edits.bind("type");
  const [objective, setObjective] = edits.bind("objective");
  const [metrics, setMetrics] = edits.bind("metrics");
  const [date, setDate] = edits.bind("date");
  const [fault, setFault] = useState<string>();
  const form = useForm(async () => {
    let success_metrics: Record<string, unknown> | null = null;
    try {
      success_metrics = metrics.trim() ? (JSON.parse(metrics) as Record<string, unknown>) : null;
    } catch {
      return setFault(t("boards.metricsInvalid"));
    }
    await answer(
      api.POST("/api/v1/boards/{board_id}/onboarding/confirm", {
        params: { path: { board_id: boardId } },
        body: {
          board_type: type,
          objective: objective.trim() || null,
          success_metrics,
          target_date: date ? endOfDay(date, timeZone) : null,
          draft_version: version,
        },
      }),
    );
    edits.forget();
    reread(["boards"]);
    await navigate({ to: "/boards/$boardId", params: { boardId } });
  });
  const lead = draft.lead_agent;
  return (
    <Card className="p-5">
      <form onSubmit={form.submit} className="flex flex-col gap-4">
        <h2 className="text-base">{t("onboarding.review")}</h2>
        <Field label={t("boards.type")}>
          <Select value={type} onChange={(event) => setType(event.target.value)}>
            <option value="goal">{t("boards.goal")}</option>
            <option value="general">{t("boards.general")}</option>
          </Select>
        </Field>
        <Field label={t("boards.objective")} error={form.fault("objective")}>
          <Textarea rows={3} value={objective} onChange={(event) => setObjective(event.target.value)} />
        </Field>
        <Field label={t("boards.metrics")} hint={t("boards.metricsHint")} error={fault}>
          <MetricsField value={metrics} onChange={setMetrics} />
        </Field>
        <Field label={t("boards.targetDate")}>
          <Input type="date" value={date} onChange={(event) => setDate(event.target.value)} />
        </Field>
        {lead?.name && (
          <p className="text-sm text-muted">
            {t("onboarding.lead", { name: lead.name })} {lead.custom_instructions}
          </p>
        )}
        <FormError error={form.error} />
        <Button look="primary" type="submit" className="self-start" disabled={form.busy}>
          {form.busy ? t("common.busy") : t("onboarding.confirm")}
        </Button>
      </form>
    </Card>
  );
}
