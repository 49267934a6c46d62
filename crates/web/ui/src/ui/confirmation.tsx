import { useState } from "react";
import { t } from "@/i18n";
import { Button } from "./button";
import type { Question } from "./confirm";
import { Dialog } from "./dialog";
import { Field, Input } from "./field";

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
          <Button onClick={() => close(false)}>{t("common.cancel")}</Button>
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
            <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
          </Field>
        </form>
      ) : null}
    </Dialog>
  );
}
