import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import * as queries from "@/api/queries";
import type { Board, BoardUpdate } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { useEdits } from "@/ui/edits";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { FormError, useForm } from "@/ui/form";
import { Meanwhile } from "@/ui/meanwhile";
import { isoDate, parseTime, useTimezone } from "@/ui/time";
import { toast } from "@/ui/toast";
import { endOfDay } from "../task/due";
import { MetricsField } from "./metrics-field";
import { saveBoard } from "./save";

export function GeneralForm({ board }: { board: Board }) {
  const { isAdmin } = useAccess();
  const { data: gateways = [] } = useQuery({ ...queries.gateways, enabled: isAdmin });
  const { data: groups = [] } = useQuery(queries.boardGroups);
  const timeZone = useTimezone();
  const now = {
    name: board.name,
    description: board.description,
    gateway_id: board.gateway_id ?? "",
    board_group_id: board.board_group_id ?? "",
    board_type: board.board_type,
    max_agents: String(board.max_agents),
    objective: board.objective ?? "",
    metrics: board.success_metrics ? JSON.stringify(board.success_metrics, null, 2) : "",
    date: board.target_date ? isoDate(parseTime(board.target_date), timeZone) : "",
  };
  const edits = useEdits(`board.${board.id}.about`, now);
  const { values: draft, changed, theirs } = edits;
  const [fault, setFault] = useState<string>();
  const bind = (name: keyof typeof now) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => edits.set(name, event.target.value),
  });
  /** What others have made of a field that is edited here as well. */
  const meanwhile = (name: keyof typeof now, shown = theirs[name]) =>
    theirs[name] !== undefined && <Meanwhile theirs={shown ?? ""} settle={(choice) => edits.settle(name, choice)} />;
  const form = useForm(async () => {
    setFault(undefined);
    const body: BoardUpdate = {};
    if (changed.name !== undefined) body.name = draft.name.trim();
    if (changed.description !== undefined) body.description = draft.description.trim();
    if (changed.gateway_id !== undefined) body.gateway_id = draft.gateway_id || null;
    if (changed.max_agents !== undefined) body.max_agents = Number(draft.max_agents);
    if (changed.board_group_id !== undefined) body.board_group_id = draft.board_group_id || null;
    if (changed.board_type !== undefined) body.board_type = draft.board_type;
    if (changed.objective !== undefined) body.objective = draft.objective.trim() || null;
    if (changed.date !== undefined) body.target_date = draft.date ? endOfDay(draft.date, timeZone) : null;
    try {
      if (changed.metrics !== undefined) {
        body.success_metrics = draft.metrics.trim() ? (JSON.parse(draft.metrics) as Record<string, unknown>) : null;
      }
    } catch {
      return setFault(t("boards.metricsInvalid"));
    }
    if (edits.dirty) await saveBoard(board, body);
    edits.forget();
    toast.ok(t("common.saved"));
  });
  // Only who makes it a goal board has to say now what the goal is.
  const asked = changed.board_type !== undefined;
  const nameOf = (list: { id: string; name: string }[], id: string | undefined) =>
    list.find((one) => one.id === id)?.name ?? id;
  return (
    <form onSubmit={form.submit} className="flex flex-col gap-4">
      <Field label={t("common.name")} error={form.fault("name")} required>
        <Input {...bind("name")} />
      </Field>
      {meanwhile("name")}
      <Field label={t("common.description")} error={form.fault("description")} required>
        <Textarea rows={3} {...bind("description")} />
      </Field>
      {meanwhile("description")}
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
      {meanwhile("gateway_id", nameOf(gateways, theirs.gateway_id))}
      {meanwhile("board_group_id", nameOf(groups, theirs.board_group_id) || t("boards.noGroup"))}
      {meanwhile("board_type", theirs.board_type && t(`boards.${theirs.board_type as "goal"}`))}
      {meanwhile("max_agents")}
      {draft.board_type === "goal" && (
        <>
          <Field label={t("boards.objective")} error={form.fault("objective")} required={asked || now.objective !== ""}>
            <Textarea rows={3} {...bind("objective")} />
          </Field>
          {meanwhile("objective")}
          <Field
            label={t("boards.metrics")}
            hint={t("boards.metricsHint")}
            error={fault ?? form.fault("success_metrics")}
            required={asked || now.metrics !== ""}
          >
            <MetricsField value={draft.metrics} onChange={(metrics) => edits.set("metrics", metrics)} />
          </Field>
          {meanwhile("metrics")}
          <Field label={t("boards.targetDate")}>
            <Input type="date" {...bind("date")} />
          </Field>
          {meanwhile("date")}
        </>
      )}
      <FormError error={form.error} />
      <Button
        look="primary"
        type="submit"
        className="self-start"
        disabled={form.busy || Object.keys(theirs).length > 0}
      >
        {form.busy ? t("common.busy") : t("common.save")}
      </Button>
    </form>
  );
}
