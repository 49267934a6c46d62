import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type ReactNode, useId } from "react";
import * as queries from "@/api/queries";
import { PRIORITIES, STATUSES, type Task, type TaskStatus } from "@/api/types";
import { t } from "@/i18n";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Choice } from "@/ui/field";
import { Picker } from "@/ui/picker";
import { isoDate, parseTime, Time } from "@/ui/time";
import { useBoard } from "../board/context";
import { obstacle } from "../board/rules";
import { CustomFieldInput } from "./custom-field-input";
import { DateField } from "./date-field";
import { endOfDay, isOverdue } from "./due";
import { priorityName, statusName } from "./words";

/** Who, when, how urgent, and the fields of the organization. */
export function Properties({ task }: { task: Task }) {
  const { snapshot, canWrite, timeZone, move, change } = useBoard();
  const { data: tags = [] } = useQuery(queries.tags);
  const saved = t("task.saved");
  return (
    <div className="flex flex-col gap-1">
      <Row label={t("task.status")}>
        {(id) => (
          <Choice
            id={id}
            disabled={!canWrite}
            value={task.status}
            choose={(status) => move(task, status as TaskStatus)}
          >
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {statusName(status)}
                {obstacle(task, status, snapshot) ? ` · ${t("rule.notNow")}` : ""}
              </option>
            ))}
          </Choice>
        )}
      </Row>
      <Row label={t("task.assignee")}>
        {(id) => (
          <Choice
            id={id}
            disabled={!canWrite}
            value={task.assigned_agent_id ?? ""}
            choose={(agent_id) => change(task, { assigned_agent_id: agent_id || null }, saved)}
          >
            <option value="">{t("task.nobody")}</option>
            {snapshot.agents
              .filter(
                (agent) => agent.id === task.assigned_agent_id || (!agent.is_board_lead && !agent.is_gateway_main),
              )
              .map((agent) => (
                <option key={agent.id} value={agent.id}>
                  {agent.name}
                </option>
              ))}
          </Choice>
        )}
      </Row>
      <Row label={t("task.priority")}>
        {(id) => (
          <Choice
            id={id}
            disabled={!canWrite}
            value={task.priority}
            choose={(priority) => change(task, { priority }, saved)}
          >
            {[...new Set([...PRIORITIES, task.priority])].map((priority) => (
              <option key={priority} value={priority}>
                {priorityName(priority)}
              </option>
            ))}
          </Choice>
        )}
      </Row>
      <Row label={t("task.due")}>
        {(id) => (
          <span className="flex items-center gap-2">
            <DateField
              id={id}
              disabled={!canWrite}
              value={task.due_at ? isoDate(parseTime(task.due_at), timeZone) : ""}
              choose={(day) => change(task, { due_at: day ? endOfDay(day, timeZone) : null }, saved)}
            />
            {isOverdue(task, timeZone) && <Badge tone="bad">{t("task.overdue")}</Badge>}
          </span>
        )}
      </Row>
      <Row label={t("task.tags")}>
        {() => (
          <span className="flex flex-wrap items-center gap-1.5">
            {task.tags.map((tag) => (
              <Badge key={tag.id}>
                <span aria-hidden className="size-2 rounded-full" style={{ backgroundColor: `#${tag.color}` }} />
                {tag.name}
              </Badge>
            ))}
            {canWrite && (
              <Picker
                label={t("task.tags")}
                empty={t("task.noTags")}
                options={tags.map((tag) => ({ id: tag.id, label: tag.name }))}
                chosen={task.tag_ids}
                onChange={(tag_ids) => change(task, { tag_ids }, saved)}
                trigger={
                  <Button look="ghost" size="sm" aria-label={t("task.editTags")} className="!px-1.5">
                    <Plus size={14} />
                  </Button>
                }
              />
            )}
          </span>
        )}
      </Row>
      <CustomFields task={task} />
      <p className="mt-1 text-xs text-muted">
        {t("common.created")} <Time at={task.created_at} /> · {t("common.updated")} <Time at={task.updated_at} />
      </p>
    </div>
  );
}

function CustomFields({ task }: { task: Task }) {
  const { snapshot, canWrite, change } = useBoard();
  const { data: all = [] } = useQuery(queries.customFields);
  const values = task.custom_field_values ?? {};
  const fields = all.filter(
    (field) =>
      field.board_ids.includes(snapshot.board.id) &&
      (field.ui_visibility === "always" || (field.ui_visibility === "if_set" && values[field.field_key] != null)),
  );
  const unset = all.filter(
    (field) =>
      field.board_ids.includes(snapshot.board.id) &&
      field.ui_visibility === "if_set" &&
      values[field.field_key] == null,
  );
  if (fields.length + unset.length === 0) return null;
  return (
    <fieldset disabled={!canWrite} className="mt-2 flex flex-col gap-2.5 border-t border-line pt-3">
      <legend className="sr-only">{t("nav.customFields")}</legend>
      {[...fields, ...unset].map((field) => (
        <CustomFieldInput
          key={`${field.id} ${JSON.stringify(values[field.field_key])}`}
          lazy
          field={field}
          value={values[field.field_key]}
          onChange={(value) => change(task, { custom_field_values: { [field.field_key]: value } }, t("task.saved"))}
        />
      ))}
    </fieldset>
  );
}

function Row({ label, children }: { label: string; children(id: string): ReactNode }) {
  const id = useId();
  return (
    <div className="grid min-h-8 grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-2 text-sm">
      <label htmlFor={id} className="text-muted">
        {label}
      </label>
      {children(id)}
    </div>
  );
}
