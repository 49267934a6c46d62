import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import * as queries from "@/api/queries";
import { sessionEnded } from "@/app/session";
import { useTitle } from "@/app/title";
import { t } from "@/i18n/signing";
import { passkeysHere } from "@/pages/entrance/passkeys";
import { Button } from "@/ui/button";
import { ByClerk, CLERK_PAGE, ToClerk } from "./entrance/clerk";
import { Forgotten } from "./entrance/forgotten";
import { EntranceFrame } from "./entrance/frame";
import { Join } from "./entrance/join";
import { ByPasskey } from "./entrance/passkey";
import { PasswordForm } from "./entrance/password-form";
import { ByProvider } from "./entrance/provider";
import { SetUp } from "./entrance/set-up";
import { TokenForm } from "./entrance/token-form";

/** The token of the invitation that led here, if one did. */
function invitation(): string | undefined {
  if (location.pathname !== "/invite") return undefined;
  return new URLSearchParams(location.search).get("token") ?? (decodeURIComponent(location.hash.slice(1)) || undefined);
}

/** For who is not signed in: asks for what the server takes. */
export default function SignIn() {
  const ways = useQuery(queries.ways);
  const [token, setToken] = useState(invitation);
  const [byToken, setByToken] = useState(false);
  const [forgotten, setForgotten] = useState(false);
  useTitle(t("signIn.title"));
  if (ways.isPending) return <p className="sr-only">{t("common.loading")}</p>;
  const { accounts = false, access_token = true, provider, clerk, passkeys } = ways.data ?? {};
  const { needs_set_up = false, mails_resets = false } = ways.data ?? {};
  if (clerk && location.pathname === CLERK_PAGE) return <ByClerk way={clerk} />;
  if (needs_set_up && !byToken) return <SetUp byToken={access_token ? () => setByToken(true) : undefined} />;
  if (accounts && token && !sessionEnded()) return <Join token={token} signIn={() => setToken(undefined)} />;
  if (forgotten) return <Forgotten back={() => setForgotten(false)} />;
  const asksToken = access_token && (!accounts || byToken);
  const other = needs_set_up ? "account.setUp" : asksToken ? "account.byPassword" : "account.byToken";
  const usual = asksToken ? "signIn.text" : accounts ? "account.text" : "provider.text";
  return (
    <EntranceFrame title={t("signIn.heading")} text={t(sessionEnded() ? "signIn.ended" : usual)}>
      {provider && <ByProvider name={provider} />}
      {clerk && <ToClerk />}
      {asksToken ? <TokenForm /> : accounts && <PasswordForm mailsResets={mails_resets} />}
      {!asksToken && accounts && mails_resets && (
        <Button look="ghost" onClick={() => setForgotten(true)}>
          {t("letter.forgottenTitle")}
        </Button>
      )}
      {!asksToken && passkeysHere(passkeys) && <ByPasskey />}
      {accounts && access_token && (
        <Button look="ghost" onClick={() => setByToken(!byToken)}>
          {t(other)}
        </Button>
      )}
    </EntranceFrame>
  );
}
