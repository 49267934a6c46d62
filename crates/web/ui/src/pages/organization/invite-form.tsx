import { Copy } from "lucide-react";
import { useState } from "react";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/signing";
import { Button } from "@/ui/button";
import { copy } from "@/ui/copy";
import { Dialog } from "@/ui/dialog";
import { useEdits } from "@/ui/edits";
import { Field, Input, Select } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { type Access, BoardAccess } from "./board-access";

const EVERYTHING: Access = { all_boards_read: true, all_boards_write: false, board_access: [] };

export function InviteForm({ close }: { close(): void }) {
  const { isOwner } = useAccess();
  const edits = useEdits("invite", { email: "", role: "member", access: EVERYTHING });
  const [email, setEmail] = edits.bind("email");
  const [role, setRole] = edits.bind("role");
  const [access, setAccess] = edits.bind("access");
  const [link, setLink] = useState<string>();
  const [mailed, setMailed] = useState<boolean | null>();
  const leave = () => {
    edits.forget();
    close();
  };
  const form = useForm(async () => {
    const invite = await answer(
      api.POST("/api/v1/organizations/me/invites", { body: { invited_email: email.trim(), role, ...access } }),
    );
    reread(["invites"]);
    setMailed(invite.mailed);
    if (invite.token) return setLink(`${location.origin}/invite#${encodeURIComponent(invite.token)}`);
    leave();
  });
  if (link) {
    return (
      <Dialog
        open
        guarded
        onClose={leave}
        title={t("organization.invited", { email })}
        description={t(
          mailed ? "letter.inviteMailed" : mailed === false ? "letter.inviteNotMailed" : "organization.linkText",
        )}
        footer={
          <Button look="primary" onClick={() => void copy(link)}>
            <Copy size={14} />
            {t("organization.copyLink")}
          </Button>
        }
      >
        <Field label={t("organization.link")}>
          <Input readOnly value={link} onFocus={(event) => event.target.select()} />
        </Field>
      </Dialog>
    );
  }
  const some = role !== "member" || access.all_boards_read || access.all_boards_write || access.board_access.length > 0;
  return (
    <FormDialog
      title={t("organization.invite")}
      description={t("organization.inviteText")}
      form={form}
      edits={edits}
      close={close}
      action={t("organization.makeLink")}
      ready={/.+@.+/.test(email) && some}
    >
      <Field label={t("organization.email")} error={form.fault("invited_email")} required>
        <Input type="email" autoFocus value={email} onChange={(event) => setEmail(event.target.value)} />
      </Field>
      <Field label={t("organization.role")} hint={t("organization.roleHint")} error={form.fault("role")}>
        <Select value={role} onChange={(event) => setRole(event.target.value)}>
          <option value="member">{t("role.member")}</option>
          <option value="admin">{t("role.admin")}</option>
          {isOwner && <option value="owner">{t("role.owner")}</option>}
        </Select>
      </Field>
      {role === "member" && <BoardAccess value={access} onChange={setAccess} />}
    </FormDialog>
  );
}
