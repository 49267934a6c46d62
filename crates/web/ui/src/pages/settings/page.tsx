import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Suspense, useMemo } from "react";
import { remove } from "@/api/actions";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { User } from "@/api/types";
import { setTheme, type Theme, useTheme } from "@/app/preferences";
import { LOCALES, type Locale, setLocale, t, useLocale } from "@/i18n";
import { Button } from "@/ui/button";
import { only, useEdits } from "@/ui/edits";
import { Field, Input, Textarea } from "@/ui/field";
import { FormError, useForm } from "@/ui/form";
import { lazily } from "@/ui/lazily";
import { Page, Section } from "@/ui/page";
import { Loaded, SkeletonRows } from "@/ui/states";
import { Segmented } from "@/ui/tabs";
import { exactTime, useNow, useTimezone } from "@/ui/time";
import { toast } from "@/ui/toast";
import { Authenticator } from "./authenticator";
import { Password } from "./password";
import { Sessions } from "./sessions";

const OwnTokens = lazily(() => import("../tokens/own-tokens"));
const Passkeys = lazily(() => import("./passkeys"));

export default function SettingsPage() {
  const query = useQuery(queries.me);
  const session = useQuery(queries.session);
  const theme = useTheme();
  const locale = useLocale();
  return (
    <Page title={t("nav.settings")} narrow>
      <Section title={t("settings.profile")}>
        <Loaded query={query}>{(user) => <Profile user={user} />}</Loaded>
      </Section>
      <Section title={t("settings.appearance")}>
        <div className="flex flex-col gap-4">
          <div className="flex flex-wrap items-center justify-between gap-3 text-sm">
            {t("settings.theme")}
            <Segmented<Theme>
              label={t("settings.theme")}
              value={theme}
              onChange={setTheme}
              options={(["system", "light", "dark"] as const).map((value) => ({ value, label: t(`theme.${value}`) }))}
            />
          </div>
          <div className="flex flex-wrap items-center justify-between gap-3 text-sm">
            {t("settings.language")}
            <Segmented<Locale>
              label={t("settings.language")}
              value={locale}
              onChange={(next) => void setLocale(next)}
              options={(Object.keys(LOCALES) as Locale[]).map((value) => ({ value, label: LOCALES[value] }))}
            />
          </div>
        </div>
      </Section>
      {session.data?.has_password && (
        <>
          <Password email={query.data?.email ?? ""} />
          <Authenticator />
          <Suspense fallback={<SkeletonRows rows={2} />}>
            <Passkeys />
          </Suspense>
        </>
      )}
      <Suspense fallback={<SkeletonRows rows={3} />}>
        <OwnTokens />
      </Suspense>
      <Sessions />
      <Section title={t("common.danger")}>
        <p className="mb-3 text-sm text-muted">{t("settings.deleteText")}</p>
        <Button
          look="danger"
          onClick={() =>
            void remove({
              title: t("settings.deleteTitle"),
              text: t("settings.deleteText"),
              typed: query.data?.email ?? "delete",
              keys: [],
              run: () => answer(api.DELETE("/api/v1/users/me")),
            }).then((gone) => (gone ? location.assign("/") : undefined))
          }
        >
          {t("settings.delete")}
        </Button>
      </Section>
    </Page>
  );
}

function Profile({ user }: { user: User }) {
  const client = useQueryClient();
  const shown = useTimezone();
  const now = useNow();
  const edits = useEdits("profile", {
    name: user.name ?? "",
    preferred_name: user.preferred_name ?? "",
    timezone: user.timezone ?? shown,
    context: user.context ?? "",
  });
  const [name, setName] = edits.bind("name");
  const [preferred, setPreferred] = edits.bind("preferred_name");
  const [timezone, setTimezone] = edits.bind("timezone");
  const [context, setContext] = edits.bind("context");
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone"), []);
  const known = timezone === "UTC" || zones.includes(timezone);
  const form = useForm(async () => {
    const saved = await answer(
      api.PATCH("/api/v1/users/me", {
        body: only(
          {
            name: name.trim(),
            preferred_name: preferred.trim() || null,
            timezone,
            context: context.trim() || null,
          },
          edits.changed,
        ),
      }),
    );
    client.setQueryData(queries.me.queryKey, saved);
    edits.forget();
    toast.ok(t("common.saved"));
  });
  return (
    <form onSubmit={form.submit} className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("settings.name")} error={form.fault("name")} required>
          <Input autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t("settings.preferred")} hint={t("settings.preferredHint")}>
          <Input autoComplete="nickname" value={preferred} onChange={(event) => setPreferred(event.target.value)} />
        </Field>
        <Field
          label={t("settings.timezone")}
          hint={known ? exactTime(new Date(now), timezone) : undefined}
          error={known ? undefined : t("settings.noZone")}
          required
        >
          <Input list="zones" value={timezone} onChange={(event) => setTimezone(event.target.value)} />
        </Field>
        <Field label={t("settings.email")}>
          <Input disabled value={user.email ?? ""} />
        </Field>
      </div>
      <datalist id="zones">
        {["UTC", ...zones].map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <Field label={t("settings.context")} hint={t("settings.contextHint")}>
        <Textarea rows={3} value={context} onChange={(event) => setContext(event.target.value)} />
      </Field>
      <FormError error={form.error} />
      <Button look="primary" type="submit" className="self-start" disabled={form.busy || !name.trim() || !known}>
        {form.busy ? t("common.busy") : t("common.save")}
      </Button>
    </form>
  );
}
