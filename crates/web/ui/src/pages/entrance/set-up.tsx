import { useState } from "react";
import { answer, api } from "@/api/client";
import { useTitle } from "@/app/title";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { FormError, useForm } from "@/ui/form";
import { EntranceFrame, takeFragment } from "./frame";
import { NewPassword } from "./new-password";

/** The owner's account, on the first day: for who has the code that the server told its terminal. */
export function SetUp({ byToken }: { byToken?(): void }) {
  const [given] = useState(takeFragment);
  const [code, setCode] = useState(given);
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  useTitle(t("account.setUpTitle"));
  const form = useForm(async () => {
    await answer(
      api.POST("/api/v1/auth/set-up", {
        body: { code: code.trim(), name: name.trim(), email: email.trim(), password },
      }),
    );
    location.replace("/dashboard");
  });
  const fault = form.fault("name") ?? form.fault("email") ?? form.fault("password");
  return (
    <EntranceFrame title={t("account.setUpTitle")} text={t("account.setUpText")}>
      <form onSubmit={form.submit} className="flex flex-col gap-4">
        {!given && (
          <Field label={t("account.code")} hint={t("account.codeHint")} error={form.fault("code")} required>
            <Input autoFocus autoComplete="off" value={code} onChange={(event) => setCode(event.target.value)} />
          </Field>
        )}
        <Field label={t("settings.name")} error={form.fault("name")} required>
          <Input
            autoFocus={Boolean(given)}
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label={t("account.email")} error={form.fault("email")} required>
          <Input
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <NewPassword
          label={t("account.password")}
          value={password}
          onChange={setPassword}
          error={form.fault("password")}
        />
        {!fault && <FormError error={form.error} />}
        <Button
          look="primary"
          type="submit"
          disabled={form.busy || !code.trim() || !name.trim() || !email.trim() || !password}
        >
          {form.busy ? t("common.busy") : t("account.setUp")}
        </Button>
      </form>
      {byToken && (
        <Button look="ghost" onClick={byToken}>
          {t("account.byToken")}
        </Button>
      )}
    </EntranceFrame>
  );
}
