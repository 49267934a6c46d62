import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type ReactNode, Suspense, useId } from "react";
import { assigneeOf, assignTo } from "@/api/assignee";
import * as queries from "@/api/queries";
import { PRIORITIES, STATUSES, type Task, type TaskStatus } from "@/api/types";
import { t } from "@/i18n";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { lazily } from "@/ui/lazily";
import { Picker, PickField } from "@/ui/picker";
import { isoDate, parseTime, Time } from "@/ui/time";
import { useBoard } from "../board/context";
import { obstacle } from "../board/rules";
import { useAssigneeOptions } from "./assignable";
import { CustomFieldInput } from "./custom-field-input";
import { DateField } from "./date-field";
import { endOfDay, isOverdue } from "./due";
import { StaleChip } from "./stale-chip";
import { TagDot, tagOptions } from "./tag-dot";
import { priorityIcon, priorityName, statusIcon, statusName } from "./words";

const Used = lazily(() => import("../usage/used"));

/** Who, when, how urgent, and the fields of the organization. */
export function Properties({ task }: { task: Task }) {
  const { snapshot, canWrite, timeZone, move, change } = useBoard();
  const { data: tags = [] } = useQuery(queries.tags);
  const assignees = useAssigneeOptions(snapshot, assigneeOf(task));
  const saved = t("task.saved");
  return (
    <div className="flex flex-col gap-1">
      <StaleChip task={task} timeZone={timeZone} />
      <Row label={t("task.status")}>
        {(id) => (
          <PickField
            quiet
            id={id}
            data-property="status"
            label={t("task.status")}
            disabled={!canWrite}
            value={task.status}
            choose={(status) => move(task, status as TaskStatus)}
            options={STATUSES.map((status) => {
              const found = obstacle(task, status, snapshot);
              return {
                id: status,
                label: statusName(status),
                icon: statusIcon(status),
                note: found && t(found.reason),
              };
            })}
          />
        )}
      </Row>
      <Row label={t("task.assignee")}>
        {(id) => (
          <PickField
            quiet
            id={id}
            data-property="assignee"
            label={t("task.assignee")}
            disabled={!canWrite}
            value={assigneeOf(task)}
            choose={(assignee) => change(task, assignTo(snapshot, assignee), saved)}
            options={assignees}
          />
        )}
      </Row>
      <Row label={t("task.priority")}>
        {(id) => (
          <PickField
            quiet
            id={id}
            data-property="priority"
            label={t("task.priority")}
            disabled={!canWrite}
            value={task.priority}
            choose={(priority) => change(task, { priority }, saved)}
            options={[...new Set([...PRIORITIES, task.priority])].map((priority) => ({
              id: priority,
              label: priorityName(priority),
              icon: priorityIcon(priority),
            }))}
          />
        )}
      </Row>
      <Row label={t("task.due")}>
        {(id) => (
          <span className="flex items-center gap-2">
            <DateField
              id={id}
              data-property="due"
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
                <TagDot color={tag.color} />
                {tag.name}
              </Badge>
            ))}
            {canWrite && (
              <Picker
                label={t("task.tags")}
                empty={t("task.noTags")}
                options={tagOptions(tags)}
                chosen={task.tag_ids}
                onChange={(tag_ids) => change(task, { tag_ids }, saved)}
                trigger={
                  <Button
                    look="ghost"
                    size="sm"
                    data-property="tags"
                    aria-label={t("task.editTags")}
                    className="!px-1.5"
                  >
                    <Plus size={14} />
                  </Button>
                }
              />
            )}
          </span>
        )}
      </Row>
      <CustomFields task={task} />
      <Suspense>
        <Used filter={{ task_id: task.id }} days={365} label={t("nav.usage")} />
      </Suspense>
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
          key={field.id}
          draft={`task.${task.id}.field.${field.field_key}`}
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
