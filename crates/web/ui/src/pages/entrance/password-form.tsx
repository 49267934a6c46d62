import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { ApiError } from "@/api/client";
import { type Proof, signIn } from "@/app/session";
import { t } from "@/i18n/signing";
import { besidePassword } from "@/pages/entrance/passkeys";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { CodeField } from "./code-field";

/**
 * An address and a password, for the session of an account; and a code, once the server asks for one. Where no letters are sent, it
 * says who helps.
 */
export function PasswordForm({ mailsResets = false }: { mailsResets?: boolean }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string>();
  const [takesPasskey, setTakesPasskey] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | Error>();
  const enter = async (beside: () => Promise<Partial<Proof>> | Partial<Proof>) => {
    setBusy(true);
    setError(undefined);
    try {
      await signIn({ email: email.trim(), password, ...(await beside()) });
    } catch (cause) {
      if (cause instanceof ApiError && cause.code === "second_factor_needed") {
        setCode("");
        setTakesPasskey(cause.facts.passkey === true && "PublicKeyCredential" in window);
      } else setError(cause instanceof Error ? cause : new Error(t("error.unexpected")));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter(() => (code ? { code } : {}));
  };
  const showPasskey = () => enter(async () => ({ passkey: await besidePassword(email.trim(), password) }));
  const isWrong = error instanceof ApiError && error.code === "unauthorized";
  const message = isWrong ? t("account.wrong") : error?.message;
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {code === undefined ? (
        <>
          <Field label={t("account.email")} required>
            <Input
              type="email"
              autoFocus
              autoComplete="username webauthn"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </Field>
          <Field
            label={t("account.password")}
            error={message}
            hint={mailsResets ? undefined : t("account.forgotten")}
            required
          >
            <Input
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </Field>
        </>
      ) : (
        <>
          {takesPasskey && (
            <Button disabled={busy} onClick={() => void showPasskey()}>
              <KeyRound size={14} />
              {t("passkey.use")}
            </Button>
          )}
          <CodeField recovery value={code} onChange={setCode} error={message} />
        </>
      )}
      <Button look="primary" type="submit" disabled={busy || !email.trim() || !password || code === ""}>
        {busy ? t("signIn.busy") : t("signIn.button")}
      </Button>
    </form>
  );
}
