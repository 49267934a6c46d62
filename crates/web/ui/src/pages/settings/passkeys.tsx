import { queryOptions, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { attempt } from "@/api/actions";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { Passkey } from "@/api/types";
import { t } from "@/i18n/signing";
import { make, passkeysHere } from "@/pages/entrance/passkeys";
import { Button } from "@/ui/button";
import { confirm } from "@/ui/confirm";
import { Field, Input } from "@/ui/field";
import { FormDialog, FormError, useForm } from "@/ui/form";
import { Section } from "@/ui/page";
import { Loaded } from "@/ui/states";
import { Time } from "@/ui/time";
import { toast } from "@/ui/toast";
import { Proof, Recovery } from "./proof";

const ownPasskeys = queryOptions({
  queryKey: ["passkeys"],
  queryFn: ({ signal }) =>
    queries.all((query) => answer(api.GET("/api/v1/auth/passkeys", { params: { query }, signal }))),
});

type Open = { step: "add" } | { step: "ask"; on: boolean } | { step: "name"; passkey: Passkey };

/** The keys of the person's devices. */
export default function Passkeys() {
  const ways = useQuery(queries.ways);
  const passkeys = useQuery(ownPasskeys);
  const second = useQuery(queries.authenticator);
  const [open, setOpen] = useState<Open>();
  const name = ways.data?.passkeys;
  const close = () => setOpen(undefined);
  if (!name) return null;
  const asked = Boolean(second.data?.passkeys_since);
  const add = passkeysHere(name) && (
    <Button size="sm" onClick={() => setOpen({ step: "add" })}>
      <Plus size={14} />
      {t("passkey.add")}
    </Button>
  );
  return (
    <Section title={t("passkey.title")} actions={add}>
      <p className="mb-3 text-sm text-muted">
        {t("passkey.text")} {!passkeysHere(name) && t("passkey.elsewhere", { name })}
      </p>
      <Loaded query={passkeys}>
        {(list) => (
          <>
            <ul aria-label={t("passkey.title")} className="mb-3 rounded-xl border border-line empty:hidden">
              {list.map((passkey) => (
                <Row key={passkey.id} passkey={passkey} rename={() => setOpen({ step: "name", passkey })} />
              ))}
            </ul>
            {list.length > 0 && (
              <>
                <p className="mb-3 text-sm text-muted">{t(asked ? "passkey.asked" : "passkey.notAsked")}</p>
                <Button onClick={() => setOpen({ step: "ask", on: !asked })}>
                  {t(asked ? "passkey.askNoMore" : "passkey.ask")}
                </Button>
              </>
            )}
          </>
        )}
      </Loaded>
      {open?.step === "add" && <Add close={close} />}
      {open?.step === "ask" && <Ask on={open.on} close={close} />}
      {open?.step === "name" && <Rename passkey={open.passkey} close={close} />}
    </Section>
  );
}

function Row({ passkey, rename }: { passkey: Passkey; rename(): void }) {
  const { id: passkey_id, name, created_at, last_used_at } = passkey;
  const remove = async () => {
    if (
      !(await confirm({
        title: t("passkey.removeTitle", { name }),
        text: t("passkey.removeText"),
        action: t("passkey.remove"),
      }))
    )
      return;
    const run = () => answer(api.DELETE("/api/v1/auth/passkeys/{passkey_id}", { params: { path: { passkey_id } } }));
    await attempt(run, t("passkey.removed"), [["passkeys"], ["browsers"]]);
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 text-sm last:border-0">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        <span className="block truncate text-xs text-muted">
          {last_used_at ? t("passkey.used") : t("passkey.made")} <Time at={last_used_at ?? created_at} />
        </span>
      </span>
      <Button size="sm" aria-label={t("passkey.renameThis", { name })} onClick={rename}>
        {t("passkey.rename")}
      </Button>
      <Button size="sm" aria-label={t("passkey.removeTitle", { name })} onClick={() => void remove()}>
        {t("passkey.remove")}
      </Button>
    </li>
  );
}

function Add({ close }: { close(): void }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const form = useForm(async () => {
    const body = { password: password || null };
    const made = await make(await answer(api.POST("/api/v1/auth/passkeys/begin", { body })));
    await answer(api.POST("/api/v1/auth/passkeys", { body: { ...made, name: name.trim() } }));
    reread(["passkeys"]);
    toast.ok(t("passkey.added"));
    close();
  });
  return (
    <FormDialog
      title={t("passkey.add")}
      description={t("passkey.addText")}
      form={form}
      close={close}
      action={t("account.next")}
      ready={Boolean(name.trim())}
    >
      <Name value={name} onChange={setName} error={form.fault("name")} />
      <Proof optional value={password} onChange={setPassword} error={form.fault("password")} />
      {!form.fault("name") && !form.fault("password") && <FormError error={form.error} />}
    </FormDialog>
  );
}

function Rename({ passkey, close }: { passkey: Passkey; close(): void }) {
  const [name, setName] = useState(passkey.name);
  const form = useForm(async () => {
    const path = { passkey_id: passkey.id };
    await answer(api.PATCH("/api/v1/auth/passkeys/{passkey_id}", { params: { path }, body: { name: name.trim() } }));
    reread(["passkeys"]);
    close();
  });
  return (
    <FormDialog
      title={t("passkey.renameThis", { name: passkey.name })}
      form={form}
      close={close}
      action={t("common.save")}
      ready={Boolean(name.trim())}
    >
      <Name value={name} onChange={setName} error={form.fault("name")} />
    </FormDialog>
  );
}

function Name({ value, onChange, error }: { value: string; onChange(text: string): void; error?: string }) {
  return (
    <Field label={t("passkey.name")} hint={t("passkey.nameHint")} error={error} required>
      <Input autoFocus value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}

function Ask({ on, close }: { on: boolean; close(): void }) {
  const [password, setPassword] = useState("");
  const [recovery, setRecovery] = useState<string[]>();
  const form = useForm(async () => {
    const body = { passkeys: on, password: password || null };
    const { recovery_codes } = await answer(api.PUT("/api/v1/auth/second-factor", { body }));
    reread(["authenticator"]);
    if (recovery_codes.length > 0) setRecovery(recovery_codes);
    else close();
  });
  if (recovery) return <Recovery codes={recovery} close={close} />;
  return (
    <FormDialog
      title={t(on ? "passkey.ask" : "passkey.askNoMore")}
      description={t("account.secondProof")}
      form={form}
      close={close}
      action={t(on ? "account.confirm" : "passkey.askNoMore")}
    >
      <Proof optional value={password} onChange={setPassword} error={form.fault("password")} />
      {!form.fault("password") && <FormError error={form.error} />}
    </FormDialog>
  );
}
