import { Link } from "@tanstack/react-router";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import type { ApiTokenCreated } from "@/api/types";
import { t } from "@/i18n/admin";
import { Button } from "@/ui/button";
import { Code } from "@/ui/code";
import { confirm } from "@/ui/confirm";
import { copy } from "@/ui/copy";
import { Dialog } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";

/** A token, the only time that it can be seen, and what to do with it. */
export function MadeToken({ made, close }: { made: ApiTokenCreated; close(): void }) {
  const [copied, setCopied] = useState(false);
  const leave = async () => {
    const question = { title: t("tokens.leaveTitle"), text: t("tokens.leaveText"), action: t("tokens.leave") };
    if (copied || (await confirm(question))) close();
  };
  const take = () => copy(made.token).then(setCopied);
  return (
    <Dialog
      open
      guarded
      onClose={() => void leave()}
      title={t("tokens.madeTitle", { name: made.name })}
      description={t("tokens.madeText")}
      footer={
        <Button look={copied ? "primary" : "secondary"} onClick={() => void leave()}>
          {t("tokens.done")}
        </Button>
      }
    >
      <div className="flex items-end gap-2">
        <Field label={t("tokens.token")} className="flex-1">
          <Input
            readOnly
            className="font-mono"
            value={made.token}
            onFocus={(event) => event.target.select()}
            onCopy={() => setCopied(true)}
          />
        </Field>
        <Button look={copied ? "secondary" : "primary"} autoFocus onClick={() => void take()}>
          {copied ? <Check size={14} /> : <Copy size={14} />}
          {t("common.copy")}
        </Button>
      </div>
      <h3 className="mb-1 mt-5 text-sm">{t("tokens.how")}</h3>
      <p className="mb-2 text-sm text-muted">{t("tokens.howText")}</p>
      <Code label={t("tokens.how")}>{`curl -H "Authorization: Bearer $TOKEN" ${location.origin}/api/v1/boards`}</Code>
      <p className="mt-3 text-sm">
        <Link to="/connect" className="rounded text-accent-text hover:underline">
          {t("tokens.connect")}
        </Link>
      </p>
    </Dialog>
  );
}
