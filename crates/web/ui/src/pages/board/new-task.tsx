import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { assignTo } from "@/api/assignee";
import { ApiError } from "@/api/client";
import * as queries from "@/api/queries";
import { createTask } from "@/api/tasks-made";
import { PRIORITIES } from "@/api/types";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { confirmDiscard } from "@/ui/confirm";
import { Dialog } from "@/ui/dialog";
import { useEdits } from "@/ui/edits";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { Picker, PickField } from "@/ui/picker";
import { toast } from "@/ui/toast";
import { useAssigneeOptions } from "../task/assignable";
import { CustomFieldInput } from "../task/custom-field-input";
import { endOfDay } from "../task/due";
import { tagOptions } from "../task/tag-dot";
import { priorityName, taskName } from "../task/words";
import { newTaskDraft, useBoard } from "./context";

const BLANK = {
  title: "",
  description: "",
  priority: "medium",
  assignee: "",
  due: "",
  tagIds: [] as string[],
  waitsFor: [] as string[],
  values: {} as Record<string, unknown>,
};

export default function NewTask({ close }: { close(): void }) {
  const { snapshot, timeZone, peek } = useBoard();
  const { board, tasks } = snapshot;
  const assignees = useAssigneeOptions(snapshot);
  const client = useQueryClient();
  const { data: allTags = [] } = useQuery(queries.tags);
  const { data: allFields = [] } = useQuery(queries.customFields);
  const fields = allFields.filter(
    (field) => field.board_ids.includes(board.id) && (field.ui_visibility === "always" || field.required),
  );
  const edits = useEdits(newTaskDraft(board.id), BLANK);
  const { title, description, priority, assignee, due, tagIds, waitsFor, values } = edits.values;
  const [more, setMore] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();

  const leave = async () => {
    if (edits.dirty && !(await confirmDiscard())) return;
    edits.forget();
    close();
  };
  const create = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const task = await createTask(board.id, {
        title: title.trim(),
        description: description.trim() || null,
        status: "inbox",
        priority,
        ...(assignee ? assignTo(snapshot, assignee) : {}),
        due_at: due ? endOfDay(due, timeZone) : null,
        tag_ids: tagIds,
        depends_on_task_ids: waitsFor,
        custom_field_values: values,
      });
      void client.invalidateQueries({ queryKey: queries.tags.queryKey });
      edits.forget();
      close();
      toast.ok(t("task.created", { title: taskName(task) }), { label: t("common.open"), run: () => peek(task) });
    } catch (cause) {
      if (cause instanceof ApiError) setError(cause);
      else toast.error(cause);
    } finally {
      setBusy(false);
    }
  };
  const chosenTags = allTags.filter(({ id }) => tagIds.includes(id));
  return (
    <Dialog
      open
      guarded
      wide
      onClose={() => void leave()}
      title={t("task.new")}
      footer={
        <>
          {error && (
            <p role="alert" className="mr-auto text-sm text-bad">
              {error.message} {error.remedy}
            </p>
          )}
          <Button onClick={() => void leave()}>{t("common.cancel")}</Button>
          <Button look="primary" type="submit" form="new-task" disabled={busy || !title.trim()}>
            {t("task.create")}
          </Button>
        </>
      }
    >
      <form
        id="new-task"
        className="flex flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          if (title.trim() && !busy) void create();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
        }}
      >
        <Field label={t("task.title")} error={error?.fault("title")} required>
          <Input autoFocus value={title} onChange={(event) => edits.set("title", event.target.value)} />
        </Field>
        <Field label={t("task.description")} hint={t("common.markdown")}>
          <Textarea rows={4} value={description} onChange={(event) => edits.set("description", event.target.value)} />
        </Field>
        <div className="grid gap-3.5 sm:grid-cols-3">
          <Field label={t("task.priority")}>
            <Select value={priority} onChange={(event) => edits.set("priority", event.target.value)}>
              {PRIORITIES.map((word) => (
                <option key={word} value={word}>
                  {priorityName(word)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t("task.assignee")}>
            <PickField
              label={t("task.assignee")}
              value={assignee}
              choose={(id) => edits.set("assignee", id)}
              options={assignees}
            />
          </Field>
          <Field label={t("task.due")}>
            <Input type="date" value={due} onChange={(event) => edits.set("due", event.target.value)} />
          </Field>
        </div>
        {fields.map((field) => (
          <CustomFieldInput
            key={field.id}
            field={field}
            value={values[field.field_key] ?? field.default_value}
            onChange={(value) => edits.set("values", { ...values, [field.field_key]: value })}
          />
        ))}
        {more || tagIds.length > 0 || waitsFor.length > 0 ? (
          <div className="flex flex-wrap items-center gap-2">
            <Picker
              label={t("task.tags")}
              empty={t("task.noTags")}
              options={tagOptions(allTags)}
              chosen={tagIds}
              onChange={(ids) => edits.set("tagIds", ids)}
              trigger={
                <Button>{chosenTags.length > 0 ? chosenTags.map((tag) => tag.name).join(", ") : t("task.tags")}</Button>
              }
            />
            <Picker
              label={t("task.waitsFor")}
              options={tasks.map((task) => ({ id: task.id, label: taskName(task) }))}
              chosen={waitsFor}
              onChange={(ids) => edits.set("waitsFor", ids)}
              trigger={
                <Button>
                  {waitsFor.length > 0 ? t("task.waitsForN", { count: waitsFor.length }) : t("task.waitsFor")}
                </Button>
              }
            />
          </div>
        ) : (
          <Button look="ghost" size="sm" className="self-start" onClick={() => setMore(true)}>
            {t("task.more")}
          </Button>
        )}
      </form>
    </Dialog>
  );
}
