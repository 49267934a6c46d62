import { useEffect, useState } from "react";
import { answer, api } from "@/api/client";
import type { Onboarding } from "@/api/types";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { useEdits } from "@/ui/edits";
import { Checkbox, Field, Textarea } from "@/ui/field";
import { FormError, useForm } from "@/ui/form";
import { Markdown } from "@/ui/markdown";
import { Card } from "@/ui/page";
import { DraftGoal } from "./draft-goal";
import { type Message, messagesOf, questionOf } from "./messages";

interface Props {
  state: Onboarding;
  boardId: string;
  put(next: Onboarding): void;
}

export function Conversation({ state, boardId, put }: Props) {
  const messages = messagesOf(state);
  const last = messages.at(-1);
  const question = last?.role === "assistant" ? questionOf(last.content) : undefined;
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-4">
      <ol className="flex flex-col gap-3" aria-live="polite">
        {messages.slice(1, question ? -1 : undefined).map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages have no id, and are only added at the end.
          <li key={index}>
            <Said message={message} />
          </li>
        ))}
      </ol>
      {state.draft_goal ? (
        <DraftGoal key={state.draft_version} draft={state.draft_goal} version={state.draft_version} boardId={boardId} />
      ) : question ? (
        <Question key={messages.length} question={question} boardId={boardId} put={put} />
      ) : (
        <Waiting since={messages.length} />
      )}
    </div>
  );
}

function Said({ message }: { message: Message }) {
  const asked = message.role === "assistant" ? questionOf(message.content) : undefined;
  const mine = message.role === "user";
  return (
    <div
      className={`max-w-[85%] rounded-xl px-4 py-2.5 text-sm ${mine ? "ml-auto w-fit bg-accent-soft" : "bg-sunken"}`}
    >
      <Markdown text={asked?.question ?? message.content} />
    </div>
  );
}

/** The agent thinks; after a while it may have trouble. */
function Waiting({ since }: { since: number }) {
  const [long, setLong] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each answer the wait begins anew.
  useEffect(() => {
    setLong(false);
    const timer = window.setTimeout(() => setLong(true), 60_000);
    return () => window.clearTimeout(timer);
  }, [since]);
  return (
    <p role="status" className="animate-breathe py-4 text-center text-sm text-muted">
      {t(long ? "onboarding.waitingLong" : "onboarding.waiting")}
    </p>
  );
}

interface QuestionProps {
  question: NonNullable<ReturnType<typeof questionOf>>;
  boardId: string;
  put(next: Onboarding): void;
}

function Question({ question, boardId, put }: QuestionProps) {
  const edits = useEdits(`onboarding.${boardId}.${question.question}`, { chosen: [] as string[], text: "" });
  const [chosen, setChosen] = edits.bind("chosen");
  const [text, setText] = edits.bind("text");
  const form = useForm(async () => {
    const next = await answer(
      api.POST("/api/v1/boards/{board_id}/onboarding/answer", {
        params: { path: { board_id: boardId } },
        body: { answer: chosen.length > 0 ? chosen.join(", ") : text.trim(), other_text: text.trim() || null },
      }),
    );
    edits.forget();
    put(next);
  });
  return (
    <Card className="p-5">
      <form onSubmit={form.submit} className="flex flex-col gap-4">
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 text-base font-medium">{question.question}</legend>
          {question.options.map(({ id, label }) => (
            <Checkbox
              key={id}
              label={label}
              className="rounded-lg border border-line p-2.5 has-checked:border-focus has-checked:bg-accent-soft"
              checked={chosen.includes(label)}
              onChange={(event) =>
                setChosen(event.target.checked ? [...chosen, label] : chosen.filter((other) => other !== label))
              }
            />
          ))}
        </fieldset>
        <Field label={t("onboarding.own")}>
          <Textarea rows={2} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        <FormError error={form.error} />
        <Button
          look="primary"
          type="submit"
          className="self-start"
          disabled={form.busy || (chosen.length === 0 && !text.trim())}
        >
          {form.busy ? t("common.busy") : t("onboarding.answer")}
        </Button>
      </form>
    </Card>
  );
}
