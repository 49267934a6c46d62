import { useState } from "react";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import { t } from "@/i18n/more";
import { NewPassword } from "@/pages/entrance/new-password";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { FormError, useForm } from "@/ui/form";
import { Section } from "@/ui/page";
import { toast } from "@/ui/toast";

/** Another password: every other browser of the person has to sign in again. */
export function Password({ email }: { email: string }) {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const form = useForm(async () => {
    await answer(api.PUT("/api/v1/auth/password", { body: { current_password: current, password } }));
    setCurrent("");
    setPassword("");
    reread(["browsers"]);
    toast.ok(t("account.passwordChanged"));
  });
  const fault = form.fault("current_password") ?? form.fault("password");
  return (
    <Section title={t("account.password")}>
      <p className="mb-3 text-sm text-muted">{t("account.passwordText")}</p>
      <form onSubmit={form.submit} className="flex flex-col gap-4">
        {/* Password managers want to know whose it is. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("account.currentPassword")} error={form.fault("current_password")} required>
            <Input
              type="password"
              autoComplete="current-password"
              value={current}
              onChange={(event) => setCurrent(event.target.value)}
            />
          </Field>
          <NewPassword value={password} onChange={setPassword} error={form.fault("password")} />
        </div>
        {!fault && <FormError error={form.error} />}
        <Button type="submit" className="self-start" disabled={form.busy || !current || !password}>
          {form.busy ? t("common.busy") : t("account.changePassword")}
        </Button>
      </form>
    </Section>
  );
}
