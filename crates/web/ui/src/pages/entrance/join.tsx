import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { ApiError, answer, api } from "@/api/client";
import { useTitle } from "@/app/title";
import { t } from "@/i18n/signing";
import { besidePassword } from "@/pages/entrance/passkeys";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { FormError, useForm } from "@/ui/form";
import { CodeField } from "./code-field";
import { EntranceFrame } from "./frame";
import { NewPassword } from "./new-password";

/** An invitation, for somebody who is not signed in: with a new account, or with the one there is. */
export function Join({ token, signIn }: { token: string; signIn(): void }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string>();
  const [takesPasskey, setTakesPasskey] = useState(false);
  useTitle(t("invite.title"));
  const invitation = useQuery({
    queryKey: ["invitation"],
    queryFn: () => answer(api.POST("/api/v1/auth/invitation", { body: { token } })),
    retry: false,
  });
  const join = async (beside: { code?: string; passkey?: Awaited<ReturnType<typeof besidePassword>> }) => {
    const body = { token, name: name.trim() || null, password, ...beside };
    try {
      await answer(api.POST("/api/v1/auth/join", { body }));
    } catch (cause) {
      if (!(cause instanceof ApiError && cause.code === "second_factor_needed")) throw cause;
      setTakesPasskey(cause.facts.passkey === true && "PublicKeyCredential" in window);
      return setCode("");
    }
    location.replace("/dashboard");
  };
  const form = useForm(() => join(code ? { code } : {}));
  const byPasskey = useForm(async () =>
    join({ passkey: await besidePassword(invitation.data?.email ?? "", password) }),
  );
  const invited = invitation.data;
  if (invitation.isPending) return <p className="sr-only">{t("common.loading")}</p>;
  if (!invited) {
    return (
      <EntranceFrame title={t("account.inviteGone")} text={t("account.inviteGoneText")}>
        <Button onClick={signIn}>{t("signIn.button")}</Button>
      </EntranceFrame>
    );
  }
  const values = { organization: invited.organization, email: invited.email };
  const wrong = form.error?.code === "unauthorized" ? t("account.wrongPassword") : undefined;
  return (
    <EntranceFrame
      title={t("account.joinTitle", values)}
      text={t(invited.has_account ? "account.joinKnown" : "account.joinNew", values)}
    >
      <form onSubmit={form.submit} className="flex flex-col gap-4">
        <Field label={t("account.email")}>
          <Input type="email" autoComplete="username" readOnly value={invited.email} />
        </Field>
        {invited.has_account ? (
          <Field label={t("account.password")} error={wrong} hint={t("account.forgotten")} required>
            <Input
              type="password"
              autoFocus
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </Field>
        ) : (
          <>
            <Field label={t("settings.name")} error={form.fault("name")} required>
              <Input autoFocus autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
            </Field>
            <NewPassword
              label={t("account.password")}
              value={password}
              onChange={setPassword}
              error={form.fault("password")}
            />
          </>
        )}
        {takesPasskey && (
          <Button disabled={byPasskey.busy} onClick={byPasskey.submit}>
            <KeyRound size={14} />
            {t("passkey.use")}
          </Button>
        )}
        <FormError error={byPasskey.error} />
        {code !== undefined && <CodeField recovery value={code} onChange={setCode} />}
        {!wrong && !form.fault("password") && !form.fault("name") && <FormError error={form.error} />}
        <Button
          look="primary"
          type="submit"
          disabled={form.busy || !password || code === "" || (!invited.has_account && !name.trim())}
        >
          {form.busy ? t("common.busy") : t("invite.accept")}
        </Button>
      </form>
    </EntranceFrame>
  );
}
