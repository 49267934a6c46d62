import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { MailOpen } from "lucide-react";
import { useState } from "react";
import { answer, api } from "@/api/client";
import { queryClient } from "@/api/query-client";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { Page } from "@/ui/page";
import { Empty } from "@/ui/states";
import { toast } from "@/ui/toast";

const route = getRouteApi("/invite");

/** Joins an organization by the link that somebody sent. */
export default function InvitePage() {
  const search = route.useSearch();
  const [token] = useState(() => search.token ?? (decodeURIComponent(location.hash.slice(1)) || undefined));
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const accept = async () => {
    setBusy(true);
    try {
      await answer(api.POST("/api/v1/organizations/invites/accept", { body: { token: token ?? "" } }));
      await queryClient.invalidateQueries();
      await navigate({ to: "/organization" });
    } catch (error) {
      toast.error(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page title={t("invite.title")}>
      <Empty
        icon={<MailOpen size={20} />}
        title={t(token ? "invite.heading" : "invite.noToken")}
        action={
          token && (
            <Button look="primary" disabled={busy} onClick={() => void accept()}>
              {busy ? t("common.busy") : t("invite.accept")}
            </Button>
          )
        }
      >
        {t(token ? "invite.text" : "invite.noTokenText")}
      </Empty>
    </Page>
  );
}
