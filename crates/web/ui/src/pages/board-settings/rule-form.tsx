import type { ReactNode } from "react";
import { reread } from "@/api/cache";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { FormError, useForm } from "@/ui/form";
import { toast } from "@/ui/toast";

/** A form of one of the board's rules: `send` changes the rule, which is then read again under its `name`. */
export function useRuleForm(board_id: string, name: string, send: () => Promise<unknown>) {
  return useForm(async () => {
    await send();
    toast.ok(t("common.saved"));
    reread(["board", board_id, name]);
  });
}

/** The frame of such a form. Everybody sees the rule, and only admins can save it. */
export function RuleForm({
  form,
  text,
  children,
}: {
  form: ReturnType<typeof useForm>;
  text: string;
  children: ReactNode;
}) {
  const { isAdmin } = useAccess();
  return (
    <form onSubmit={form.submit} className="flex flex-col gap-4">
      <p className="text-sm text-muted">{text}</p>
      {children}
      <FormError error={form.error} />
      {isAdmin && (
        <Button look="primary" type="submit" className="self-start" disabled={form.busy}>
          {form.busy ? t("common.busy") : t("common.save")}
        </Button>
      )}
    </form>
  );
}
