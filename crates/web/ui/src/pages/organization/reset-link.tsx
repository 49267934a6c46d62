import { Copy } from "lucide-react";
import { answer, api } from "@/api/client";
import type { Member } from "@/api/types";
import { t } from "@/i18n/signing";
import { Button } from "@/ui/button";
import { copy } from "@/ui/copy";
import { Dialog } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";
import { memberName } from "./member-name";

/** A link by which a member chooses a new password. */
export interface ResetOffer {
  member: Member;
  /** Nothing where it was mailed to the member. */
  link?: string;
  mailedTo?: string;
}

/** Makes the link; the one before does not work any more. */
export async function offerReset(member: Member): Promise<ResetOffer> {
  const { token, mailed_to } = await answer(
    api.POST("/api/v1/organizations/me/members/{member_id}/password-reset", {
      params: { path: { member_id: member.id } },
    }),
  );
  const link = token ? `${location.origin}/reset#${encodeURIComponent(token)}` : undefined;
  return { member, link, mailedTo: mailed_to ?? undefined };
}

/** Shows the link, this once, or where it went. */
export function ResetLink({ offer, close }: { offer: ResetOffer; close(): void }) {
  const { link, mailedTo } = offer;
  if (!link) {
    return (
      <Dialog
        open
        onClose={close}
        title={t("account.resetLinkFor", { name: memberName(offer.member) })}
        footer={<Button onClick={close}>{t("common.close")}</Button>}
      >
        <p>{t("letter.resetMailed", { email: mailedTo ?? "" })}</p>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      guarded
      onClose={close}
      title={t("account.resetLinkFor", { name: memberName(offer.member) })}
      description={t("account.resetLinkText")}
      footer={
        <Button look="primary" onClick={() => void copy(link)}>
          <Copy size={14} />
          {t("organization.copyLink")}
        </Button>
      }
    >
      <Field label={t("account.resetLink")}>
        <Input readOnly value={link} onFocus={(event) => event.target.select()} />
      </Field>
    </Dialog>
  );
}
