import { t } from "@/i18n/home";
import { Button } from "@/ui/button";
import { useDraft, writeDraft } from "@/ui/draft";
import { Field, Textarea } from "@/ui/field";
import type { Decision } from "./decide";

interface Props {
  decision: Decision;
  /** The title of what is decided, or how many things are. */
  about: string;
  /** What is typed is kept under this name: it belongs to what is decided. */
  draft: string;
  /** Answers whether it was decided. */
  submit(reason: string | undefined): Promise<boolean>;
  cancel(): void;
}

/** Why something is decided as it is: the agents that asked are told, so that they know what to change or to mind. */
export function ReasonForm({ decision, about, draft, submit, cancel }: Props) {
  const name = `reason.${draft}`;
  const [reason = "", setReason] = useDraft(name);
  const send = async () => {
    // A reason that did not arrive is there for another attempt.
    if (await submit(reason.trim() || undefined)) writeDraft(name, undefined);
  };
  const approves = decision === "approved";
  return (
    <form
      className="mt-3 flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Field
        label={t(approves ? "inbox.whyAbout" : "inbox.reasonAbout", { title: about })}
        hint={t("inbox.reasonHint")}
      >
        <Textarea
          autoFocus
          rows={2}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey) {
              event.preventDefault();
              void send();
            } else if (event.key === "Escape") {
              event.preventDefault();
              cancel();
            }
          }}
        />
      </Field>
      <div className="flex gap-2">
        <Button look={approves ? "primary" : "danger"} size="sm" type="submit">
          {t(approves ? "inbox.approve" : "inbox.reject")}
        </Button>
        <Button size="sm" onClick={cancel}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}
