import { t } from "@/i18n/more";
import { Field, Input } from "@/ui/field";

interface Props {
  label?: string;
  value: string;
  onChange(password: string): void;
  error?: string;
  autoFocus?: boolean;
}

/** A password that somebody chooses. */
export function NewPassword({ label = t("account.newPassword"), value, onChange, error, autoFocus }: Props) {
  return (
    <Field label={label} hint={t("account.passwordHint")} error={error} required>
      <Input
        type="password"
        autoComplete="new-password"
        autoFocus={autoFocus}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
