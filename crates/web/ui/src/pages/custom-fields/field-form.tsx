import { useQuery } from "@tanstack/react-query";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { CustomField } from "@/api/types";
import { t } from "@/i18n/more";
import { only, useEdits } from "@/ui/edits";
import { Checkbox, Field, Input, Select, Textarea } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { CustomFieldInput } from "../task/custom-field-input";

const TYPES = ["text", "text_long", "integer", "decimal", "boolean", "date", "date_time", "url", "json"] as const;
/** What depends on the type: it is sent together. */
const TYPED = { field_type: true, default_value: true, validation_regex: true };
const SHOWN = ["always", "if_set", "hidden"] as const;

export function FieldForm({ field, close }: { field?: CustomField; close(): void }) {
  const { data: boards = [] } = useQuery(queries.boards);
  const edits = useEdits(`custom-field.${field?.id ?? "new"}`, {
    label: field?.label ?? "",
    field_key: field?.field_key ?? "",
    // Another type has other first values.
    typed: {
      type: (field?.field_type as (typeof TYPES)[number] | undefined) ?? "text",
      initial: (field?.default_value ?? null) as unknown,
    },
    ui_visibility: (field?.ui_visibility as (typeof SHOWN)[number] | undefined) ?? "always",
    required: field?.required ?? false,
    validation_regex: field?.validation_regex ?? "",
    description: field?.description ?? "",
    board_ids: field?.board_ids ?? boards.map(({ id }) => id),
  });
  const [label, setLabel] = edits.bind("label");
  const [key, setKey] = edits.bind("field_key");
  const [{ type, initial }, setTyped] = edits.bind("typed");
  const [shown, setShown] = edits.bind("ui_visibility");
  const [required, setRequired] = edits.bind("required");
  const [regex, setRegex] = edits.bind("validation_regex");
  const [description, setDescription] = edits.bind("description");
  const [boardIds, setBoardIds] = edits.bind("board_ids");
  const textual = type === "text" || type === "text_long" || type === "url";
  const suggested = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  const form = useForm(async () => {
    const body = {
      label: label.trim(),
      field_type: type,
      ui_visibility: shown,
      required,
      validation_regex: textual && regex.trim() ? regex.trim() : null,
      description: description.trim() || null,
      default_value: initial,
      board_ids: boardIds,
    };
    if (field) {
      await answer(
        api.PATCH("/api/v1/organizations/me/custom-fields/{task_custom_field_definition_id}", {
          params: { path: { task_custom_field_definition_id: field.id } },
          body: only(body, { ...edits.changed, ...(edits.changed.typed && TYPED) }),
        }),
      );
    } else {
      await answer(
        api.POST("/api/v1/organizations/me/custom-fields", { body: { ...body, field_key: key.trim() || suggested } }),
      );
    }
    edits.forget();
    reread(["custom-fields"]);
    close();
  });
  const preview: CustomField = {
    id: "",
    organization_id: "",
    created_at: "",
    updated_at: "",
    board_ids: [],
    field_key: key,
    field_type: type,
    ui_visibility: shown,
    label: t("fields.initial"),
    required: false,
  };
  return (
    <FormDialog
      wide
      title={t(field ? "fields.edit" : "fields.new")}
      form={form}
      edits={edits}
      close={close}
      action={t("common.save")}
      ready={Boolean(label.trim()) && boardIds.length > 0}
    >
      <div className="grid gap-3.5 sm:grid-cols-2">
        <Field label={t("fields.label")} error={form.fault("label")} required>
          <Input autoFocus value={label} onChange={(event) => setLabel(event.target.value)} />
        </Field>
        <Field label={t("fields.key")} hint={t("fields.keyHint")} error={form.fault("field_key")}>
          <Input
            disabled={Boolean(field)}
            placeholder={suggested}
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        </Field>
        <Field label={t("fields.type")}>
          <Select
            value={type}
            onChange={(event) => {
              setTyped({ type: event.target.value as typeof type, initial: null });
            }}
          >
            {TYPES.map((name) => (
              <option key={name} value={name}>
                {t(`fieldType.${name}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t("fields.visibility")}>
          <Select value={shown} onChange={(event) => setShown(event.target.value as typeof shown)}>
            {SHOWN.map((name) => (
              <option key={name} value={name}>
                {t(`fieldShown.${name}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {textual && (
        <Field label={t("fields.regex")} hint={t("fields.regexHint")} error={form.fault("validation_regex")}>
          <Input className="font-mono" value={regex} onChange={(event) => setRegex(event.target.value)} />
        </Field>
      )}
      <CustomFieldInput
        key={type}
        field={preview}
        value={initial}
        onChange={(value) => setTyped({ type, initial: value })}
        error={form.fault("default_value")}
      />
      <Field label={t("common.description")}>
        <Textarea rows={2} value={description} onChange={(event) => setDescription(event.target.value)} />
      </Field>
      <Checkbox
        label={t("fields.requiredHint")}
        checked={required}
        onChange={(event) => setRequired(event.target.checked)}
      />
      <fieldset>
        <legend className="mb-1 text-sm font-medium">{t("nav.boards")}</legend>
        <div className="grid max-h-40 gap-1.5 overflow-y-auto sm:grid-cols-2">
          {boards.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={boardIds.includes(id)}
              onChange={(event) =>
                setBoardIds(event.target.checked ? [...boardIds, id] : boardIds.filter((other) => other !== id))
              }
            />
          ))}
        </div>
        {boardIds.length === 0 && <p className="mt-1 text-xs text-bad">{t("fields.noBoard")}</p>}
      </fieldset>
    </FormDialog>
  );
}
