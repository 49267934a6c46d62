import { type FormEvent, useState } from "react";
import { ApiError } from "@/api/client";
import { signIn } from "@/app/session";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";

/** The token is sent once and forgotten: the server answers with a session cookie that scripts cannot read. */
export function TokenForm() {
  const [token, setToken] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!token.trim()) return setError(t("signIn.empty"));
    setBusy(true);
    setError(undefined);
    try {
      await signIn({ token: token.trim() });
    } catch (cause) {
      const known = cause instanceof ApiError ? cause : undefined;
      setError(known?.status === 401 ? t("signIn.wrong") : (known?.message ?? t("error.unexpected")));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <Field label={t("signIn.token")} error={error && `${error} ${t("signIn.hint")}`} hint={t("signIn.hint")} required>
        <Input
          type="password"
          autoFocus
          autoComplete="current-password"
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
      </Field>
      <Button look="primary" type="submit" disabled={busy}>
        {busy ? t("signIn.busy") : t("signIn.button")}
      </Button>
    </form>
  );
}
