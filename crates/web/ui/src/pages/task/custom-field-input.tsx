import { useState } from "react";
import type { CustomField } from "@/api/types";
import { t } from "@/i18n";
import { useEdits } from "@/ui/edits";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { Meanwhile } from "@/ui/meanwhile";

interface Props {
  field: CustomField;
  value: unknown;
  /** Where it is saved at once: answers whether it was. */
  onChange(value: unknown): unknown;
  /** Takes the value only when the person leaves the field; until then it is kept under this name. */
  draft?: string;
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
export function CustomFieldInput({ field, value, onChange, draft, error }: Props) {
  const [typed, setTyped] = useState(() => asText(field, value));
  const edits = useEdits(draft ?? "", { text: asText(field, value) });
  const lazy = draft !== undefined;
  const text = lazy ? edits.values.text : typed;
  const { text: theirs } = edits.theirs;
  const [fault, setFault] = useState<string>();
  // What was typed and not taken must not look like what there is.
  const [unsaved, setUnsaved] = useState(lazy && edits.dirty);
  const take = async (next: string) => {
    const read = fromText(field, next);
    setFault(read === INVALID ? t("task.fieldInvalid") : undefined);
    if (read === INVALID) return;
    const saved = await onChange(read);
    if (!lazy) return;
    setUnsaved(saved !== true);
    if (saved === true) edits.forget({ text: next });
  };
  const type = (next: string) => (lazy ? edits.set("text", next) : setTyped(next));
  const control = {
    value: text,
    onChange: (event: { target: { value: string } }) => {
      type(event.target.value);
      if (!lazy) void take(event.target.value);
    },
    onBlur: () => void (lazy && edits.dirty && theirs === undefined && take(text)),
  };
  const meanwhile = lazy && theirs !== undefined && (
    <Meanwhile theirs={theirs} settle={(keep) => edits.settle("text", keep)} />
  );
  const label = {
    label: field.label,
    hint: field.description ?? undefined,
    error: fault ?? error ?? (unsaved && edits.dirty ? t("task.fieldUnsaved") : undefined),
    required: field.required,
  };
  if (field.field_type === "boolean") {
    return (
      <Field {...label}>
        <Select
          value={text}
          onChange={(event) => {
            type(event.target.value);
            void take(event.target.value);
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
      <div>
        <Field {...label}>
          <Textarea rows={3} className={field.field_type === "json" ? "font-mono text-xs" : ""} {...control} />
        </Field>
        {meanwhile}
      </div>
    );
  }
  return (
    <div>
      <Field {...label}>
        <Input
          type={INPUT_TYPES[field.field_type] ?? "text"}
          step={field.field_type === "decimal" ? "any" : undefined}
          pattern={field.validation_regex ?? undefined}
          {...control}
        />
      </Field>
      {meanwhile}
    </div>
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
