import { useState } from "react";
import { answer, api } from "@/api/client";
import { useTitle } from "@/app/title";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { FormError, useForm } from "@/ui/form";
import { EntranceFrame, takeFragment } from "./frame";
import { NewPassword } from "./new-password";

/** Chooses a new password by the link that an admin made. */
export default function Reset() {
  const [token] = useState(takeFragment);
  const [password, setPassword] = useState("");
  const [done, setDone] = useState<string>();
  useTitle(t("account.resetTitle"));
  const form = useForm(async () => {
    const { email } = await answer(api.POST("/api/v1/auth/password-reset", { body: { token, password } }));
    setDone(email);
  });
  if (done || !token) {
    return (
      <EntranceFrame
        title={t(done ? "account.resetDone" : "account.resetTitle")}
        text={done ? t("account.resetDoneText", { email: done }) : t("account.linkIncomplete")}
      >
        <Button look="primary" onClick={() => location.replace("/")}>
          {t("signIn.button")}
        </Button>
      </EntranceFrame>
    );
  }
  const gone = form.error?.status === 404;
  return (
    <EntranceFrame title={t("account.resetTitle")} text={t("account.resetText")}>
      <form onSubmit={form.submit} className="flex flex-col gap-4">
        <NewPassword autoFocus value={password} onChange={setPassword} error={form.fault("password")} />
        {gone ? (
          <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-sm text-bad">
            {t("account.resetGone")}
          </p>
        ) : (
          !form.fault("password") && <FormError error={form.error} />
        )}
        <Button look="primary" type="submit" disabled={form.busy || !password}>
          {form.busy ? t("common.busy") : t("common.save")}
        </Button>
      </form>
    </EntranceFrame>
  );
}
