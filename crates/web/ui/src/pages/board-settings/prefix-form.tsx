import { useState } from "react";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import type { Board } from "@/api/types";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { FormError, useForm } from "@/ui/form";
import { toast } from "@/ui/toast";

const LONGEST = 8;

/** What the keys of the board's tasks begin with. */
export function PrefixForm({ board }: { board: Board }) {
  const [prefix, setPrefix] = useState(board.task_prefix);
  const form = useForm(async () => {
    await answer(
      api.PATCH("/api/v1/boards/{board_id}", {
        params: { path: { board_id: board.id } },
        body: { task_prefix: prefix },
      }),
    );
    // Every task has another key now.
    reread(["board", board.id, "snapshot"]);
    reread(["boards"]);
    toast.ok(t("common.saved"));
  });
  const taken = form.error?.status === 409 ? form.error.message : undefined;
  const fault = taken ?? form.fault("task_prefix");
  return (
    <form onSubmit={form.submit} className="flex flex-col gap-3">
      <Field
        label={t("boards.prefix")}
        hint={t("boards.prefixHint", { key: `${prefix || "…"}-12` })}
        error={fault}
        required
      >
        <Input
          value={prefix}
          maxLength={LONGEST}
          autoComplete="off"
          spellCheck={false}
          className="max-w-40 font-mono"
          onChange={(event) => setPrefix(event.target.value.replace(/[^a-z0-9]/gi, "").toUpperCase())}
        />
      </Field>
      {!fault && <FormError error={form.error} />}
      <Button
        look="primary"
        type="submit"
        className="self-start"
        disabled={form.busy || prefix === "" || prefix === board.task_prefix}
      >
        {form.busy ? t("common.busy") : t("common.save")}
      </Button>
    </form>
  );
}
