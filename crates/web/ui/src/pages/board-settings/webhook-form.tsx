import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { Board, Webhook } from "@/api/types";
import { t } from "@/i18n/more";
import { only, useEdits } from "@/ui/edits";
import { Checkbox, Field, Input, Textarea } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { PickField } from "@/ui/picker";
import { toast } from "@/ui/toast";
import { agentOptions } from "../task/assignable";

export function WebhookForm({ board, webhook, close }: { board: Board; webhook?: Webhook; close(): void }) {
  const { data: snapshot } = useQuery(queries.boardSnapshot(board.id));
  const edits = useEdits(`webhook.${webhook?.id ?? board.id}`, {
    description: webhook?.description ?? "",
    agent_id: webhook?.agent_id ?? "",
    signature_header: webhook?.signature_header ?? "",
    enabled: webhook?.enabled ?? true,
  });
  const [description, setDescription] = edits.bind("description");
  const [agent, setAgent] = edits.bind("agent_id");
  const [header, setHeader] = edits.bind("signature_header");
  const [enabled, setEnabled] = edits.bind("enabled");
  // A secret is kept nowhere.
  const [secret, setSecret] = useState("");
  const form = useForm(async () => {
    const body = {
      description: description.trim(),
      agent_id: agent || null,
      enabled,
      signature_header: header.trim() || null,
      // A stored secret is never shown; an empty field leaves it as it is.
      ...(secret ? { secret } : {}),
    };
    const path = { board_id: board.id };
    if (webhook) {
      await answer(
        api.PATCH("/api/v1/boards/{board_id}/webhooks/{webhook_id}", {
          params: { path: { ...path, webhook_id: webhook.id } },
          body: { ...only(body, edits.changed), ...(secret ? { secret } : {}) },
        }),
      );
    } else {
      await answer(api.POST("/api/v1/boards/{board_id}/webhooks", { params: { path }, body }));
    }
    edits.forget();
    reread(["board", board.id, "webhooks"]);
    toast.ok(t("common.saved"));
    close();
  });
  return (
    <FormDialog
      title={t(webhook ? "webhook.edit" : "webhook.new")}
      description={t("webhook.formText")}
      form={form}
      edits={edits}
      close={close}
      action={t("common.save")}
      ready={Boolean(description.trim())}
    >
      <Field
        label={t("webhook.instruction")}
        hint={t("webhook.instructionHint")}
        error={form.fault("description")}
        required
      >
        <Textarea autoFocus rows={3} value={description} onChange={(event) => setDescription(event.target.value)} />
      </Field>
      <Field label={t("webhook.agent")}>
        <PickField
          label={t("webhook.agent")}
          value={agent}
          choose={setAgent}
          options={[{ id: "", label: t("webhook.lead") }, ...agentOptions(snapshot?.agents ?? [])]}
        />
      </Field>
      <div className="grid gap-3.5 sm:grid-cols-2">
        <Field label={t("webhook.secret")} hint={t(webhook?.has_secret ? "webhook.secretKept" : "webhook.secretHint")}>
          <Input
            type="password"
            autoComplete="new-password"
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
        </Field>
        <Field label={t("webhook.header")} hint={t("webhook.headerHint")} error={form.fault("signature_header")}>
          <Input value={header} onChange={(event) => setHeader(event.target.value)} />
        </Field>
      </div>
      <Checkbox label={t("webhook.enabled")} checked={enabled} onChange={(event) => setEnabled(event.target.checked)} />
    </FormDialog>
  );
}
