import { reread } from "@/api/cache";
import type { Board } from "@/api/types";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { CleanInput } from "@/ui/clean-input";
import { useEdits } from "@/ui/edits";
import { Field } from "@/ui/field";
import { FormError, useForm } from "@/ui/form";
import { Meanwhile } from "@/ui/meanwhile";
import { toast } from "@/ui/toast";
import { saveBoard } from "./save";

const LONGEST = 8;

/** What the keys of the board's tasks begin with. */
export function PrefixForm({ board }: { board: Board }) {
  const edits = useEdits(`board.${board.id}.prefix`, { prefix: board.task_prefix });
  const { prefix } = edits.values;
  const form = useForm(async () => {
    await saveBoard(board, { task_prefix: prefix });
    edits.forget();
    // Every task has another key now.
    reread(["board", board.id, "snapshot"]);
    toast.ok(t("common.saved"));
  });
  const taken = form.error?.code === "conflict" ? form.error.message : undefined;
  const fault = taken ?? form.fault("task_prefix");
  return (
    <form onSubmit={form.submit} className="flex flex-col gap-3">
      <Field
        label={t("boards.prefix")}
        hint={t("boards.prefixHint", { key: `${prefix || "…"}-12` })}
        error={fault}
        required
      >
        <CleanInput
          clean={(text) => text.replace(/[^a-z0-9]/gi, "").toUpperCase()}
          value={prefix}
          maxLength={LONGEST}
          autoComplete="off"
          spellCheck={false}
          className="max-w-40 font-mono"
          type={(text) => edits.set("prefix", text)}
        />
      </Field>
      {edits.theirs.prefix !== undefined && (
        <Meanwhile theirs={edits.theirs.prefix} settle={(choice) => edits.settle("prefix", choice)} />
      )}
      {!fault && <FormError error={form.error} />}
      <Button
        look="primary"
        type="submit"
        className="self-start"
        disabled={form.busy || prefix === "" || !edits.dirty || edits.theirs.prefix !== undefined}
      >
        {form.busy ? t("common.busy") : t("common.save")}
      </Button>
    </form>
  );
}
