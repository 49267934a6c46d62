import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import { t } from "@/i18n/more";
import { CodeField } from "@/pages/entrance/code-field";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { Section } from "@/ui/page";
import { Loaded } from "@/ui/states";
import { toast } from "@/ui/toast";
import { Proof, Recovery } from "./proof";

type Step = "on" | "off";

/** The second factor: an app whose codes are asked for at every sign-in. */
export function Authenticator() {
  const query = useQuery(queries.authenticator);
  const [step, setStep] = useState<Step>();
  return (
    <Section title={t("account.second")}>
      <Loaded query={query}>
        {({ since, recovery_codes_left: left }) => (
          <>
            <p className="mb-3 text-sm text-muted">
              {since ? t("account.secondOn", { count: left }) : t("account.secondOff")}
            </p>
            <Button onClick={() => setStep(since ? "off" : "on")}>
              {t(since ? "account.secondEnd" : "account.secondBegin")}
            </Button>
          </>
        )}
      </Loaded>
      {step === "on" && <SetUp close={() => setStep(undefined)} />}
      {step === "off" && <End close={() => setStep(undefined)} />}
    </Section>
  );
}

interface App {
  secret: string;
  picture: string;
}

/** Password, picture, code, recovery codes. */
function SetUp({ close }: { close(): void }) {
  const [password, setPassword] = useState("");
  const [app, setApp] = useState<App>();
  const [code, setCode] = useState("");
  const [recovery, setRecovery] = useState<string[]>();
  const form = useForm(async () => {
    if (!app) return setApp(await answer(api.POST("/api/v1/auth/authenticator", { body: { password } })));
    const { recovery_codes } = await answer(api.POST("/api/v1/auth/authenticator/confirm", { body: { code } }));
    setRecovery(recovery_codes);
    reread(["authenticator"]);
  });
  if (recovery) return <Recovery codes={recovery} close={close} />;
  return (
    <FormDialog
      title={t("account.secondBegin")}
      description={t(app ? "account.scan" : "account.secondProof")}
      form={form}
      close={close}
      action={t(app ? "account.confirm" : "account.next")}
      ready={Boolean(app ? code : password)}
    >
      {app ? (
        <>
          <img
            src={`data:image/svg+xml,${encodeURIComponent(app.picture)}`}
            alt={t("account.picture")}
            className="size-52 self-center rounded-lg bg-white"
          />
          <Field label={t("account.secret")} hint={t("account.secretHint")}>
            <Input readOnly value={app.secret} onFocus={(event) => event.target.select()} />
          </Field>
          <CodeField value={code} onChange={setCode} error={form.fault("code")} />
        </>
      ) : (
        <Proof value={password} onChange={setPassword} error={form.fault("password")} />
      )}
    </FormDialog>
  );
}

function End({ close }: { close(): void }) {
  const [password, setPassword] = useState("");
  const form = useForm(async () => {
    await answer(api.POST("/api/v1/auth/authenticator/end", { body: { password } }));
    reread(["authenticator"]);
    toast.ok(t("account.secondEnded"));
    close();
  });
  return (
    <FormDialog
      title={t("account.secondEnd")}
      description={t("account.secondProof")}
      form={form}
      close={close}
      action={t("account.secondEnd")}
      ready={Boolean(password)}
    >
      <Proof value={password} onChange={setPassword} error={form.fault("password")} />
    </FormDialog>
  );
}
