import { type FormEvent, useState } from "react";
import { ApiError } from "@/api/client";
import { sessionEnded, signIn } from "@/app/session";
import { useTitle } from "@/app/title";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";

/** The token is sent once and forgotten: the server answers with a session cookie that scripts cannot read. */
export default function SignIn() {
  const [token, setToken] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  useTitle(t("signIn.title"));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!token.trim()) return setError(t("signIn.empty"));
    setBusy(true);
    setError(undefined);
    try {
      await signIn(token.trim());
    } catch (cause) {
      const known = cause instanceof ApiError ? cause : undefined;
      setError(known?.status === 401 ? t("signIn.wrong") : (known?.message ?? t("error.unexpected")));
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="flex h-full items-center justify-center bg-bg p-4">
      <form
        onSubmit={(event) => void submit(event)}
        className="flex w-full max-w-sm animate-rise flex-col gap-4 rounded-2xl border border-line bg-surface p-7 shadow-2"
      >
        <img src="/favicon.svg" alt="" width={36} height={36} />
        <div>
          <h1 className="text-xl">{t("signIn.heading")}</h1>
          <p className="mt-1 text-sm text-muted">{t(sessionEnded() ? "signIn.ended" : "signIn.text")}</p>
        </div>
        <Field
          label={t("signIn.token")}
          error={error && `${error} ${t("signIn.hint")}`}
          hint={t("signIn.hint")}
          required
        >
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
    </main>
  );
}
