import { Plus, X } from "lucide-react";
import { t } from "@/i18n";
import type { Option } from "./choices";
import { Picker } from "./picker";

interface Props {
  /** What it filters by. */
  label: string;
  options: Option[];
  /** The option that is chosen. */
  value: string | undefined;
  /** What a value is called that is none of the options. */
  name?: string;
  onChange(value: string | undefined): void;
}

/** A term of a filter: chosen by typing, and taken away by its cross. */
export function FilterChip({ label, options, value, name, onChange }: Props) {
  const shown = options.find(({ id }) => id === value)?.label ?? name ?? value;
  const look = "flex h-full min-w-0 items-center gap-1.5 px-2.5 hover:bg-hover";
  return (
    <span
      className={
        value === undefined
          ? "inline-flex h-8 overflow-hidden rounded-lg border border-dashed border-line-strong text-sm text-muted pointer-coarse:h-10"
          : "inline-flex h-8 max-w-72 overflow-hidden rounded-lg border border-focus bg-accent-soft text-sm text-accent-text pointer-coarse:h-10"
      }
    >
      <Picker
        single
        label={label}
        options={options}
        chosen={value === undefined ? [] : [value]}
        onChange={([next]) => onChange(next)}
        trigger={
          <button type="button" className={look}>
            {value === undefined && <Plus size={13} />}
            <span className="shrink-0">{label}</span>
            {value !== undefined && <span className="truncate font-medium">{shown}</span>}
          </button>
        }
      />
      {value !== undefined && (
        <button
          type="button"
          aria-label={t("common.withoutFilter", { name: `${label} ${shown}` })}
          onClick={() => onChange(undefined)}
          className="flex h-full w-7 shrink-0 items-center justify-center hover:bg-hover pointer-coarse:w-10"
        >
          <X size={13} />
        </button>
      )}
    </span>
  );
}
