import { useState } from "react";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { Field, Textarea } from "@/ui/field";
import type { Decision } from "./decide";

interface Props {
  decision: Decision;
  submit(reason: string | undefined): void;
  cancel(): void;
}

/** Why something is decided as it is: the agents that asked are told, so that they know what to change or to mind. */
export function ReasonForm({ decision, submit, cancel }: Props) {
  const [reason, setReason] = useState("");
  const send = () => submit(reason.trim() || undefined);
  return (
    <form
      className="mt-3 flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field label={t(decision === "approved" ? "inbox.why" : "inbox.reason")} hint={t("inbox.reasonHint")}>
        <Textarea
          autoFocus
          rows={2}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey) {
              event.preventDefault();
              send();
            } else if (event.key === "Escape") {
              event.stopPropagation();
              cancel();
            }
          }}
        />
      </Field>
      <div className="flex gap-2">
        <Button look={decision === "approved" ? "primary" : "danger"} size="sm" type="submit">
          {t(decision === "approved" ? "inbox.approve" : "inbox.reject")}
        </Button>
        <Button size="sm" onClick={cancel}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}
