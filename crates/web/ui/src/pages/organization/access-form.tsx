import { useState } from "react";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import type { Member } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n";
import { Field, Select } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { toast } from "@/ui/toast";
import { type Access, BoardAccess } from "./board-access";
import { memberName } from "./member-name";

export function AccessForm({ member, close }: { member: Member; close(): void }) {
  const { isOwner } = useAccess();
  const [role, setRole] = useState(member.role);
  const [access, setAccess] = useState<Access>(member);
  const form = useForm(async () => {
    const path = { member_id: member.id };
    if (role !== member.role) {
      await answer(api.PATCH("/api/v1/organizations/me/members/{member_id}", { params: { path }, body: { role } }));
    }
    if (role === "member") {
      const { all_boards_read, all_boards_write, board_access } = access;
      const body = {
        all_boards_read,
        all_boards_write,
        board_access: board_access.map(({ board_id, can_read, can_write }) => ({ board_id, can_read, can_write })),
      };
      await answer(api.PUT("/api/v1/organizations/me/members/{member_id}/access", { params: { path }, body }));
    }
    reread(["members"]);
    toast.ok(t("common.saved"));
    close();
  });
  return (
    <FormDialog title={memberName(member)} form={form} close={close} action={t("common.save")}>
      <Field label={t("organization.role")} hint={t("organization.roleHint")} error={form.fault("role")}>
        <Select value={role} onChange={(event) => setRole(event.target.value)}>
          <option value="member">{t("role.member")}</option>
          <option value="admin">{t("role.admin")}</option>
          {(isOwner || member.role === "owner") && <option value="owner">{t("role.owner")}</option>}
        </Select>
      </Field>
      {role === "member" && <BoardAccess value={access} onChange={setAccess} />}
    </FormDialog>
  );
}
