import { useState } from "react";
import { answer, api } from "@/api/client";
import { useTitle } from "@/app/title";
import { t } from "@/i18n/signing";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { FormError, useForm } from "@/ui/form";
import { EntranceFrame } from "./frame";

/** Asks for a letter with a link for a new password. */
export function Forgotten({ back }: { back(): void }) {
  const [email, setEmail] = useState("");
  const [asked, setAsked] = useState(false);
  useTitle(t("letter.forgottenTitle"));
  const form = useForm(async () => {
    await answer(api.POST("/api/v1/auth/password-reset-request", { body: { email: email.trim() } }));
    setAsked(true);
  });
  const text = asked ? t("letter.letterSent", { email: email.trim() }) : t("letter.forgottenText");
  return (
    <EntranceFrame title={t("letter.forgottenTitle")} text={<span role="status">{text}</span>}>
      {!asked && (
        <form onSubmit={form.submit} className="flex flex-col gap-4">
          <Field label={t("account.email")} error={form.fault("email")} required>
            <Input
              type="email"
              autoFocus
              autoComplete="username"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </Field>
          {!form.fault("email") && <FormError error={form.error} />}
          <Button look="primary" type="submit" disabled={form.busy || !/.+@.+/.test(email)}>
            {form.busy ? t("common.busy") : t("letter.sendLetter")}
          </Button>
        </form>
      )}
      <Button look="ghost" onClick={back}>
        {t("letter.backToSignIn")}
      </Button>
    </EntranceFrame>
  );
}
