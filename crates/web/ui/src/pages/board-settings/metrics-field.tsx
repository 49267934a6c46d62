import { Plus, X } from "lucide-react";
import { useState } from "react";
import { t } from "@/i18n/board";
import { Button, IconButton } from "@/ui/button";
import { Input, Textarea } from "@/ui/field";

interface Props {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  required?: boolean;
  /** A JSON object, or nothing. */
  value: string;
  onChange(value: string): void;
}

type Row = [name: string, value: string];

/** What a goal is measured by: names and values, line by line. What is more than that stays as it was written. */
export function MetricsField({ value, onChange, required: _, ...rest }: Props) {
  const [typed, setRows] = useState(() => rowsOf(value));
  // What was typed here, with lines that have no name yet, until the value is another one.
  const rows = typed && written(typed) === value ? typed : rowsOf(value);
  if (!rows) {
    return (
      <Textarea
        rows={4}
        className="font-mono text-xs"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      />
    );
  }
  const set = (next: Row[]) => {
    setRows(next);
    onChange(written(next));
  };
  const change = (at: number, part: 0 | 1, text: string) =>
    set(rows.map((row, index): Row => (index !== at ? row : part === 0 ? [text, row[1]] : [row[0], text])));
  return (
    <div role="group" {...rest} className="flex flex-col gap-2">
      {rows.map(([name, text], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has nothing else that stays while its name is typed.
        <div key={at} className="flex items-center gap-2">
          <Input
            aria-label={t("metric.name")}
            placeholder={t("metric.nameExample")}
            value={name}
            onChange={(event) => change(at, 0, event.target.value)}
          />
          <Input
            aria-label={t("metric.value")}
            placeholder={t("metric.valueExample")}
            value={text}
            onChange={(event) => change(at, 1, event.target.value)}
          />
          <IconButton
            label={t("metric.remove", { name: name || String(at + 1) })}
            icon={<X size={14} />}
            onClick={() => set(rows.filter((_row, index) => index !== at))}
          />
        </div>
      ))}
      <Button size="sm" className="self-start" onClick={() => set([...rows, ["", ""]])}>
        <Plus size={14} />
        {t("metric.add")}
      </Button>
    </div>
  );
}

/** The lines of an object of plain values; nothing for anything else. */
function rowsOf(json: string): Row[] | undefined {
  if (!json.trim()) return [["", ""]];
  try {
    const read: unknown = JSON.parse(json);
    if (typeof read !== "object" || read === null || Array.isArray(read)) return undefined;
    const entries = Object.entries(read);
    if (entries.some(([, value]) => typeof value === "object" && value !== null)) return undefined;
    return entries.map(([name, value]): Row => [name, value === null ? "" : String(value)]);
  } catch {
    return undefined;
  }
}

/** Numbers are written as numbers. */
function written(rows: Row[]): string {
  const named = rows.filter(([name]) => name.trim());
  if (named.length === 0) return "";
  return JSON.stringify(
    Object.fromEntries(
      named.map(([name, value]) => [name.trim(), /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value]),
    ),
  );
}
