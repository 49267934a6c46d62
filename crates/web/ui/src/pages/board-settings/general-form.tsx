import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { patchSnapshot, reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { Board } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { FormError, useForm } from "@/ui/form";
import { isoDate, parseTime, useTimezone } from "@/ui/time";
import { toast } from "@/ui/toast";
import { endOfDay } from "../task/due";

export function GeneralForm({ board }: { board: Board }) {
  const { isAdmin } = useAccess();
  const { data: gateways = [] } = useQuery({ ...queries.gateways, enabled: isAdmin });
  const { data: groups = [] } = useQuery(queries.boardGroups);
  const timeZone = useTimezone();
  const [draft, setDraft] = useState({
    name: board.name,
    description: board.description,
    gateway_id: board.gateway_id ?? "",
    board_group_id: board.board_group_id ?? "",
    board_type: board.board_type,
    max_agents: String(board.max_agents),
    objective: board.objective ?? "",
    metrics: board.success_metrics ? JSON.stringify(board.success_metrics, null, 2) : "",
    date: board.target_date ? isoDate(parseTime(board.target_date), timeZone) : "",
  });
  const [fault, setFault] = useState<string>();
  const bind = (name: keyof typeof draft) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => setDraft((now) => ({ ...now, [name]: event.target.value })),
  });
  const form = useForm(async () => {
    setFault(undefined);
    let success_metrics: Record<string, unknown> | null = null;
    try {
      success_metrics = draft.metrics.trim() ? (JSON.parse(draft.metrics) as Record<string, unknown>) : null;
    } catch {
      return setFault(t("boards.metricsInvalid"));
    }
    const saved = await answer(
      api.PATCH("/api/v1/boards/{board_id}", {
        params: { path: { board_id: board.id } },
        body: {
          name: draft.name.trim(),
          description: draft.description.trim(),
          // How a board is governed is for admins to change.
          ...(isAdmin && { gateway_id: draft.gateway_id || null, max_agents: Number(draft.max_agents) }),
          board_group_id: draft.board_group_id || null,
          board_type: draft.board_type,
          objective: draft.objective.trim() || null,
          success_metrics,
          target_date: draft.date ? endOfDay(draft.date, timeZone) : null,
        },
      }),
    );
    patchSnapshot(board.id, (now) => ({ ...now, board: saved }));
    reread(["boards"]);
    toast.ok(t("common.saved"));
  });
  return (
    <form onSubmit={form.submit} className="flex flex-col gap-4">
      <Field label={t("common.name")} error={form.fault("name")} required>
        <Input {...bind("name")} />
      </Field>
      <Field label={t("common.description")} error={form.fault("description")} required>
        <Textarea rows={3} {...bind("description")} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        {isAdmin && (
          <Field label={t("boards.gateway")} error={form.fault("gateway_id")}>
            <Select {...bind("gateway_id")}>
              {gateways.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <Field label={t("boards.group")}>
          <Select {...bind("board_group_id")}>
            <option value="">{t("boards.noGroup")}</option>
            {groups.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t("boards.type")} hint={t("boards.typeHint")}>
          <Select {...bind("board_type")}>
            <option value="goal">{t("boards.goal")}</option>
            <option value="general">{t("boards.general")}</option>
          </Select>
        </Field>
        {isAdmin && (
          <Field label={t("boards.maxAgents")} hint={t("boards.maxAgentsHint")} error={form.fault("max_agents")}>
            <Input type="number" min={0} {...bind("max_agents")} />
          </Field>
        )}
      </div>
      {draft.board_type === "goal" && (
        <>
          <Field label={t("boards.objective")} error={form.fault("objective")} required>
            <Textarea rows={3} {...bind("objective")} />
          </Field>
          <Field
            label={t("boards.metrics")}
            hint={t("boards.metricsHint")}
            error={fault ?? form.fault("success_metrics")}
            required
          >
            <Textarea rows={4} className="font-mono text-xs" {...bind("metrics")} />
          </Field>
          <Field label={t("boards.targetDate")}>
            <Input type="date" {...bind("date")} />
          </Field>
        </>
      )}
      <FormError error={form.error} />
      <Button look="primary" type="submit" className="self-start" disabled={form.busy}>
        {form.busy ? t("common.busy") : t("common.save")}
      </Button>
    </form>
  );
}
