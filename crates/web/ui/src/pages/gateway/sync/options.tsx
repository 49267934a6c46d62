import { t } from "@/i18n/more";
import { Checkbox } from "@/ui/field";

export const OPTIONS = [
  "include_main",
  "lead_only",
  "reset_sessions",
  "rotate_tokens",
  "force_bootstrap",
  "overwrite",
] as const;
export type SyncOptions = Record<(typeof OPTIONS)[number], boolean>;

export const USUAL: SyncOptions = {
  include_main: true,
  lead_only: false,
  reset_sessions: false,
  rotate_tokens: false,
  force_bootstrap: false,
  overwrite: false,
};

export function same(a: SyncOptions, b: SyncOptions): boolean {
  return OPTIONS.every((option) => a[option] === b[option]);
}

interface Props {
  options: SyncOptions;
  disabled: boolean;
  onChange(options: SyncOptions): void;
}

/** What a sync covers and how far it goes. */
export function Options({ options, disabled, onChange }: Props) {
  return (
    <div className="grid gap-2 rounded-xl border border-line p-4 sm:grid-cols-2">
      {OPTIONS.map((option) => (
        <Checkbox
          key={option}
          label={t(`sync.${option}`)}
          checked={options[option]}
          disabled={disabled}
          onChange={(event) => onChange({ ...options, [option]: event.target.checked })}
        />
      ))}
    </div>
  );
}
