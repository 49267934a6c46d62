import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import type { Member } from "@/api/types";
import { t } from "@/i18n/admin";
import { useEdits } from "@/ui/edits";
import { Field, Input, Select } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { type Access, BoardAccess } from "../organization/board-access";

const NOTHING: Access = { all_boards_read: true, all_boards_write: false, board_access: [] };

/** Makes a service account; its first token is made next. */
export function AccountForm({ close, made }: { close(): void; made(account: Member): void }) {
  const edits = useEdits("service-account", { name: "", role: "member", access: NOTHING });
  const [name, setName] = edits.bind("name");
  const [role, setRole] = edits.bind("role");
  const [access, setAccess] = edits.bind("access");
  const form = useForm(async () => {
    const account = await answer(
      api.POST("/api/v1/service-accounts", { body: { name: name.trim(), role, ...access } }),
    );
    reread(["members"]);
    edits.forget();
    close();
    made(account);
  });
  return (
    <FormDialog
      title={t("accounts.new")}
      description={t("accounts.newText")}
      form={form}
      edits={edits}
      close={close}
      action={t("common.create")}
      ready={Boolean(name.trim())}
    >
      <Field label={t("common.name")} hint={t("accounts.nameHint")} error={form.fault("name")} required>
        <Input autoFocus autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t("organization.role")} hint={t("organization.roleHint")} error={form.fault("role")}>
        <Select value={role} onChange={(event) => setRole(event.target.value)}>
          <option value="member">{t("role.member")}</option>
          <option value="admin">{t("role.admin")}</option>
        </Select>
      </Field>
      {role === "member" && <BoardAccess value={access} onChange={setAccess} />}
    </FormDialog>
  );
}
