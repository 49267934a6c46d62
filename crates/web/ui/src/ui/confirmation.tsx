import { useState } from "react";
import { t } from "@/i18n";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field, Input } from "./field";

export interface Question {
  title: string;
  text: string;
  action: string;
  /** For what cannot be undone and takes much with it: this word must be typed. */
  typed?: string;
}

export default function Confirmation({ question, close }: { question: Question; close(yes: boolean): void }) {
  const [typed, setTyped] = useState("");
  const ready = !question.typed || typed.trim() === question.typed;
  return (
    <Dialog
      open
      onClose={() => close(false)}
      title={question.title}
      description={question.text}
      footer={
        <>
          {/* Where a stray Enter does no harm. */}
          <Button autoFocus={!question.typed} onClick={() => close(false)}>
            {t("common.cancel")}
          </Button>
          <Button look="danger" disabled={!ready} onClick={() => close(true)}>
            {question.action}
          </Button>
        </>
      }
    >
      {question.typed ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) close(true);
          }}
        >
          <Field label={t("common.typeToConfirm", { word: question.typed })}>
            <Input autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
          </Field>
        </form>
      ) : null}
    </Dialog>
  );
}
