import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/api/client";
import type { StaleRule } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { Field, Input, Select } from "@/ui/field";
import { Loaded } from "@/ui/states";
import { RuleForm, useRuleForm } from "./rule-form";

const RULES = ["keep", "release", "escalate"] as const;
type Rule = (typeof RULES)[number];

/** What becomes of the board's tasks whose agents do nothing, which is for admins to change. */
export function StaleSection({ board_id }: { board_id: string }) {
  const query = useQuery({
    queryKey: ["board", board_id, "stale-tasks"],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/boards/{board_id}/stale-tasks", { params: { path: { board_id } }, signal })),
  });
  return (
    <Loaded query={query}>{(rule) => <StaleForm key={rule.updated_at} board_id={board_id} stale={rule} />}</Loaded>
  );
}

function StaleForm({ board_id, stale }: { board_id: string; stale: StaleRule }) {
  const { isAdmin } = useAccess();
  const [rule, setRule] = useState(stale.rule as Rule);
  const [after, setAfter] = useState(String(stale.after_minutes));
  const form = useRuleForm(board_id, "stale-tasks", () => {
    const body = { rule, after_minutes: Number(after) };
    return answer(api.PATCH("/api/v1/boards/{board_id}/stale-tasks", { params: { path: { board_id } }, body }));
  });
  return (
    <RuleForm form={form} text={t("stale.text")}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("stale.rule")} error={form.fault("rule")}>
          <Select value={rule} disabled={!isAdmin} onChange={(event) => setRule(event.target.value as Rule)}>
            {RULES.map((value) => (
              <option key={value} value={value}>
                {t(`staleRule.${value}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t("stale.after")} error={form.fault("after_minutes")}>
          <Input
            type="number"
            min={1}
            max={10080}
            disabled={!isAdmin || rule === "keep"}
            value={after}
            onChange={(event) => setAfter(event.target.value)}
          />
        </Field>
      </div>
    </RuleForm>
  );
}
