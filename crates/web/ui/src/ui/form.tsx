import { type FormEvent, type ReactNode, useState } from "react";
import { ApiError } from "@/api/client";
import { t } from "@/i18n";
import { Button } from "./button";
import { confirmDiscard } from "./confirm";
import { Dialog } from "./dialog";
import { toast } from "./toast";

interface FormState {
  busy: boolean;
  error: ApiError | undefined;
  /** What the server says about one field. */
  fault(field: string): string | undefined;
  submit(event: FormEvent): void;
}

/** Sends a form: once at a time, and what the server refuses is shown where it belongs. */
export function useForm(send: () => Promise<unknown>): FormState {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(undefined);
    send()
      .catch((cause: unknown) => (cause instanceof ApiError ? setError(cause) : toast.error(cause)))
      .finally(() => setBusy(false));
  };
  return { busy, error, fault: (field) => error?.fault(field), submit };
}

/** Why the form was refused, in words and with what helps. */
export function FormError({ error }: { error: ApiError | undefined }) {
  if (!error) return null;
  return (
    <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-sm text-bad">
      {error.message}
      {error.remedy && <span className="block">{error.remedy}</span>}
    </p>
  );
}

interface FormDialogProps {
  title: string;
  description?: string;
  form: FormState;
  close(): void;
  /** What the button says. */
  action: string;
  ready?: boolean;
  wide?: boolean;
  /** What is typed into it: kept until it is sent or thrown away. */
  edits?: { dirty: boolean; forget(): void };
  children: ReactNode;
}

/** A form in a window. Enter sends it; what was typed is not thrown away without a question. */
export function FormDialog({
  title,
  description,
  form,
  close,
  action,
  ready = true,
  wide,
  edits,
  children,
}: FormDialogProps) {
  const [touched, setTouched] = useState(false);
  const leave = async () => {
    if ((touched || edits?.dirty) && !(await confirmDiscard())) return;
    edits?.forget();
    close();
  };
  return (
    <Dialog
      open
      guarded
      wide={wide}
      onClose={() => void leave()}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={() => void leave()}>{t("common.cancel")}</Button>
          <Button look="primary" type="submit" form="dialog-form" disabled={!ready || form.busy}>
            {form.busy ? t("common.busy") : action}
          </Button>
        </>
      }
    >
      <form id="dialog-form" onSubmit={form.submit} onInput={() => setTouched(true)} className="flex flex-col gap-3.5">
        {children}
        <FormError error={form.error} />
      </form>
    </Dialog>
  );
}
