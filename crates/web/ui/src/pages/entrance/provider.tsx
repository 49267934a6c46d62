import { useState } from "react";
import { t } from "@/i18n/more";
import { buttonClass } from "@/ui/button";

/** Why somebody came back from the provider and is not signed in, as the server calls it. */
const REASONS = {
  expired: "provider.expired",
  denied: "provider.denied",
  failed: "provider.failed",
  unverified: "provider.unverified",
  ambiguous: "provider.ambiguous",
  uninvited: "provider.uninvited",
} as const;

const isReason = (word: string | null): word is keyof typeof REASONS => word !== null && Object.hasOwn(REASONS, word);

/** The way to the identity provider, which leads back to the page that was wanted; and what went wrong on the last one. */
export function ByProvider({ name }: { name: string }) {
  const [address] = useState(() => new URL(location.href));
  const reason = address.searchParams.get("sign_in");
  address.searchParams.delete("sign_in");
  const wanted = address.pathname + address.search + address.hash;
  return (
    <div className="flex flex-col gap-2">
      {isReason(reason) && (
        <p role="alert" className="text-sm text-bad">
          {t(REASONS[reason], { name })}
        </p>
      )}
      <a
        className={buttonClass({ look: "secondary" })}
        href={`/api/v1/auth/oidc?return_to=${encodeURIComponent(wanted)}`}
      >
        {t("provider.continue", { name })}
      </a>
    </div>
  );
}
