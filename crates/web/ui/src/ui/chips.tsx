import clsx from "clsx";
import { Dot, type Tone } from "./badge";

interface Chip<T extends string> {
  value: T;
  label: string;
  count: number;
  tone?: Tone;
}

interface Props<T extends string> {
  label: string;
  /** The chip that is pressed; nothing shows everything. */
  value: T | undefined;
  chips: Chip<T>[];
  onChange(value: T | undefined): void;
}

/** What a list consists of, with counts. Pressing one shows those alone, pressing it again shows all. */
export function Chips<T extends string>({ label, value, chips, onChange }: Props<T>) {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap items-center gap-1.5">
      {chips.map((chip) => (
        <button
          key={chip.value}
          type="button"
          aria-pressed={chip.value === value}
          onClick={() => onChange(chip.value === value ? undefined : chip.value)}
          className={clsx(
            "flex h-8 items-center gap-1.5 rounded-lg border px-2.5 text-sm pointer-coarse:h-10",
            chip.value === value
              ? "border-focus bg-accent-soft text-accent-text"
              : "border-line bg-surface hover:border-line-strong",
          )}
        >
          {chip.tone && <Dot tone={chip.tone} />}
          {chip.label}
          <span className={clsx("tabular-nums", chip.value !== value && "text-muted")}>{chip.count}</span>
        </button>
      ))}
    </div>
  );
}
