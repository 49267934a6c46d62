import { useState } from "react";
import type { CustomField } from "@/api/types";
import { t } from "@/i18n";
import { Field, Input, Select, Textarea } from "@/ui/field";

interface Props {
  field: CustomField;
  value: unknown;
  onChange(value: unknown): void;
  /** Takes the value only when the person leaves the field. */
  lazy?: boolean;
  error?: string;
}

const INPUT_TYPES: Record<string, string> = {
  integer: "number",
  decimal: "number",
  date: "date",
  date_time: "datetime-local",
  url: "url",
};

/** A control for any of the nine types of custom fields. What cannot be read as the type is not taken. */
export function CustomFieldInput({ field, value, onChange, lazy, error }: Props) {
  const [draft, setDraft] = useState(() => asText(field, value));
  const [fault, setFault] = useState<string>();
  const take = (text: string) => {
    const read = fromText(field, text);
    setFault(read === INVALID ? t("task.fieldInvalid") : undefined);
    if (read !== INVALID) onChange(read);
  };
  const control = {
    value: draft,
    onChange: (event: { target: { value: string } }) => {
      setDraft(event.target.value);
      if (!lazy) take(event.target.value);
    },
    onBlur: () => lazy && draft !== asText(field, value) && take(draft),
  };
  const label = {
    label: field.label,
    hint: field.description ?? undefined,
    error: fault ?? error,
    required: field.required,
  };
  if (field.field_type === "boolean") {
    return (
      <Field {...label}>
        <Select
          value={draft}
          onChange={(event) => {
            setDraft(event.target.value);
            take(event.target.value);
          }}
        >
          <option value="">—</option>
          <option value="true">{t("common.yes")}</option>
          <option value="false">{t("common.no")}</option>
        </Select>
      </Field>
    );
  }
  if (field.field_type === "text_long" || field.field_type === "json") {
    return (
      <Field {...label}>
        <Textarea rows={3} className={field.field_type === "json" ? "font-mono text-xs" : ""} {...control} />
      </Field>
    );
  }
  return (
    <Field {...label}>
      <Input
        type={INPUT_TYPES[field.field_type] ?? "text"}
        step={field.field_type === "decimal" ? "any" : undefined}
        pattern={field.validation_regex ?? undefined}
        {...control}
      />
    </Field>
  );
}

const INVALID = Symbol("invalid");

function asText(field: CustomField, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (field.field_type === "json") return JSON.stringify(value, null, 2);
  if (field.field_type === "date_time") return String(value).slice(0, 16);
  return String(value);
}

function fromText(field: CustomField, text: string): unknown {
  if (text.trim() === "") return null;
  switch (field.field_type) {
    case "integer":
      return /^[+-]?\d+$/.test(text.trim()) ? Number(text) : INVALID;
    case "decimal":
      return Number.isFinite(Number(text)) ? Number(text) : INVALID;
    case "boolean":
      return text === "true";
    case "json":
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return INVALID;
      }
    default:
      return text;
  }
}
