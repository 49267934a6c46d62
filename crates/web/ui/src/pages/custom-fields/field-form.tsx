import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { CustomField } from "@/api/types";
import { t } from "@/i18n/more";
import { Checkbox, Field, Input, Select, Textarea } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { CustomFieldInput } from "../task/custom-field-input";

const TYPES = ["text", "text_long", "integer", "decimal", "boolean", "date", "date_time", "url", "json"] as const;
const SHOWN = ["always", "if_set", "hidden"] as const;

export function FieldForm({ field, close }: { field?: CustomField; close(): void }) {
  const { data: boards = [] } = useQuery(queries.boards);
  const [label, setLabel] = useState(field?.label ?? "");
  const [key, setKey] = useState(field?.field_key ?? "");
  const [type, setType] = useState<(typeof TYPES)[number]>(
    (field?.field_type as (typeof TYPES)[number] | undefined) ?? "text",
  );
  const [shown, setShown] = useState<(typeof SHOWN)[number]>(
    (field?.ui_visibility as (typeof SHOWN)[number] | undefined) ?? "always",
  );
  const [required, setRequired] = useState(field?.required ?? false);
  const [regex, setRegex] = useState(field?.validation_regex ?? "");
  const [description, setDescription] = useState(field?.description ?? "");
  const [initial, setInitial] = useState<unknown>(field?.default_value ?? null);
  const [boardIds, setBoardIds] = useState<string[]>(field?.board_ids ?? boards.map(({ id }) => id));
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
          body,
        }),
      );
    } else {
      await answer(
        api.POST("/api/v1/organizations/me/custom-fields", { body: { ...body, field_key: key.trim() || suggested } }),
      );
    }
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
              setType(event.target.value as typeof type);
              setInitial(null);
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
        onChange={setInitial}
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
