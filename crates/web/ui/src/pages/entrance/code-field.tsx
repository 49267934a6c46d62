import { t } from "@/i18n/more";
import { Field, Input } from "@/ui/field";

interface Props {
  value: string;
  onChange(code: string): void;
  error?: string;
  /** Recovery codes will do as well. */
  recovery?: boolean;
}

/** The code that an authenticator app shows. */
export function CodeField({ value, onChange, error, recovery }: Props) {
  return (
    <Field label={t("account.code2")} hint={recovery ? t("account.code2Hint") : undefined} error={error} required>
      <Input
        autoFocus
        autoComplete="one-time-code"
        inputMode={recovery ? "text" : "numeric"}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
