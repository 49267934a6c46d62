import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import type { Gateway } from "@/api/types";
import { t } from "@/i18n/more";
import { only, useEdits } from "@/ui/edits";
import { Checkbox, Field, Input, Select } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";

const DRIFT_POLICIES = ["repair", "report"] as const;

/** Where a gateway is and how to get in. It is saved when it could be reached; else the form says why, and what helps. */
export function GatewayForm({ gateway, close }: { gateway?: Gateway; close(): void }) {
  const navigate = useNavigate();
  const edits = useEdits(`gateway.${gateway?.id ?? "new"}`, {
    name: gateway?.name ?? "",
    url: gateway?.url ?? "ws://127.0.0.1:18789",
    workspace_root: gateway?.workspace_root ?? "~/.openclaw",
    disable_device_pairing: gateway?.disable_device_pairing ?? false,
    allow_insecure_tls: gateway?.allow_insecure_tls ?? false,
    drift_policy: gateway?.drift_policy ?? "repair",
  });
  const [name, setName] = edits.bind("name");
  const [url, setUrl] = edits.bind("url");
  const [root, setRoot] = edits.bind("workspace_root");
  const [unpaired, setUnpaired] = edits.bind("disable_device_pairing");
  const [insecure, setInsecure] = edits.bind("allow_insecure_tls");
  const [drift, setDrift] = edits.bind("drift_policy");
  // A token is kept nowhere.
  const [token, setToken] = useState("");
  const form = useForm(async () => {
    const body = {
      name: name.trim(),
      url: url.trim(),
      workspace_root: root.trim(),
      disable_device_pairing: unpaired,
      allow_insecure_tls: insecure,
      drift_policy: drift as (typeof DRIFT_POLICIES)[number],
      // A stored token is never shown; an empty field leaves it as it is.
      ...(token ? { token } : {}),
    };
    const saved = gateway
      ? await answer(
          api.PATCH("/api/v1/gateways/{gateway_id}", {
            params: { path: { gateway_id: gateway.id } },
            body: { ...only(body, edits.changed), ...(token ? { token } : {}) },
          }),
        )
      : await answer(api.POST("/api/v1/gateways", { body }));
    edits.forget();
    reread(["gateways"]);
    reread(["gateway-status", saved.id]);
    close();
    if (!gateway) await navigate({ to: "/gateways/$gatewayId", params: { gatewayId: saved.id } });
  });
  return (
    <FormDialog
      title={t(gateway ? "gateway.edit" : "gateway.connect")}
      description={t("gateway.formText")}
      form={form}
      edits={edits}
      close={close}
      action={t(gateway ? "common.save" : "gateway.add")}
      ready={Boolean(name.trim() && url.trim() && root.trim())}
    >
      <Field label={t("common.name")} error={form.fault("name")} required>
        <Input autoFocus value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t("gateway.url")} hint={t("gateway.urlHint")} error={form.fault("url")} required>
        <Input className="font-mono" value={url} onChange={(event) => setUrl(event.target.value)} />
      </Field>
      <Field
        label={t("gateway.token")}
        hint={t(gateway?.has_token ? "gateway.tokenKept" : "gateway.tokenHint")}
        error={form.fault("token")}
      >
        <Input
          type="password"
          autoComplete="new-password"
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
      </Field>
      <Field label={t("gateway.root")} hint={t("gateway.rootHint")} error={form.fault("workspace_root")} required>
        <Input className="font-mono" value={root} onChange={(event) => setRoot(event.target.value)} />
      </Field>
      <Field label={t("drift.label")} hint={t("drift.hint")}>
        <Select value={drift} onChange={(event) => setDrift(event.target.value)}>
          {DRIFT_POLICIES.map((value) => (
            <option key={value} value={value}>
              {t(`drift.${value}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Checkbox
        label={t("gateway.pairing")}
        checked={!unpaired}
        onChange={(event) => setUnpaired(!event.target.checked)}
      />
      <Checkbox
        label={t("gateway.insecure")}
        checked={insecure}
        onChange={(event) => setInsecure(event.target.checked)}
      />
    </FormDialog>
  );
}
