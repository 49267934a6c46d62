import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/api/client";
import type { Breaker } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { Field, Input, Select } from "@/ui/field";
import { Loaded } from "@/ui/states";
import { RuleForm, useRuleForm } from "./rule-form";

const MODES = ["auto", "on", "shadow", "off"] as const;
type Mode = (typeof MODES)[number];

/** When agents of the board are paused whose turns change nothing, which is for admins to change. */
export function BreakerSection({ board_id }: { board_id: string }) {
  const query = useQuery({
    queryKey: ["board", board_id, "breaker"],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/boards/{board_id}/breaker", { params: { path: { board_id } }, signal })),
  });
  return (
    <Loaded query={query}>
      {(breaker) => <BreakerForm key={breaker.updated_at} board_id={board_id} breaker={breaker} />}
    </Loaded>
  );
}

function BreakerForm({ board_id, breaker }: { board_id: string; breaker: Breaker }) {
  const { isAdmin } = useAccess();
  const [mode, setMode] = useState(breaker.mode as Mode);
  const [empty, setEmpty] = useState(String(breaker.empty_limit));
  const [weak, setWeak] = useState(String(breaker.weak_limit));
  const [idle, setIdle] = useState(String(breaker.idle_limit));
  const [tokens, setTokens] = useState(String(breaker.token_floor));
  const form = useRuleForm(board_id, "breaker", () => {
    const body = {
      mode,
      empty_limit: Number(empty),
      weak_limit: Number(weak),
      idle_limit: Number(idle),
      token_floor: Number(tokens),
    };
    return answer(api.PATCH("/api/v1/boards/{board_id}/breaker", { params: { path: { board_id } }, body }));
  });
  const numbers = [
    ["empty_limit", t("breaker.empty"), empty, setEmpty],
    ["weak_limit", t("breaker.weak"), weak, setWeak],
    ["idle_limit", t("breaker.idle"), idle, setIdle],
    ["token_floor", t("breaker.tokens"), tokens, setTokens],
  ] as const;
  return (
    <RuleForm form={form} text={t("breaker.text")}>
      <Field label={t("breaker.mode")} hint={t(breaker.pauses ? "breaker.pauses" : "breaker.watches")}>
        <Select value={mode} disabled={!isAdmin} onChange={(event) => setMode(event.target.value as Mode)}>
          {MODES.map((value) => (
            <option key={value} value={value}>
              {t(`breakerMode.${value}`)}
            </option>
          ))}
        </Select>
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        {numbers.map(([name, label, value, set]) => (
          <Field key={name} label={label} error={form.fault(name)}>
            <Input
              type="number"
              min={name === "token_floor" ? 0 : 3}
              disabled={!isAdmin}
              value={value}
              onChange={(event) => set(event.target.value)}
            />
          </Field>
        ))}
      </div>
    </RuleForm>
  );
}
