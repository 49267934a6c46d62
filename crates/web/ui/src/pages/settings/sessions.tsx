import { useQuery } from "@tanstack/react-query";
import { attempt } from "@/api/actions";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import { signOut } from "@/app/session";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Section } from "@/ui/page";
import { Loaded } from "@/ui/states";
import { Time } from "@/ui/time";
import { toast } from "@/ui/toast";
import { deviceName } from "./device";

/** The browsers in which the person is signed in. */
export function Sessions() {
  const browsers = useQuery(queries.browsers);
  const end = (id: string) =>
    attempt(
      () => answer(api.DELETE("/api/v1/auth/sessions/{web_session_id}", { params: { path: { web_session_id: id } } })),
      t("account.signedOut"),
      [["browsers"]],
    );
  return (
    <Section title={t("settings.sessions")}>
      <p className="mb-3 text-sm text-muted">{t("settings.sessionsText")}</p>
      <Loaded query={browsers}>
        {(list) => (
          <ul aria-label={t("settings.sessions")} className="mb-3 rounded-xl border border-line empty:hidden">
            {list.map((browser) => (
              <li
                key={browser.id}
                className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 text-sm last:border-0"
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">
                    {deviceName(browser.device) ?? t("account.device")}
                  </span>
                  <span className="block truncate text-xs text-muted">
                    {browser.last_used_address} {browser.last_used_at && <Time at={browser.last_used_at} />}
                  </span>
                </span>
                {browser.is_this ? (
                  <Badge tone="accent">{t("account.thisBrowser")}</Badge>
                ) : (
                  <Button
                    size="sm"
                    aria-label={t("account.endSession", { device: deviceName(browser.device) ?? t("account.device") })}
                    onClick={() => void end(browser.id)}
                  >
                    {t("nav.signOut")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void signOut(false).catch(toast.error)}>{t("nav.signOut")}</Button>
        <Button onClick={() => void signOut(true).catch(toast.error)}>{t("nav.signOutEverywhere")}</Button>
      </div>
    </Section>
  );
}
