import { useEffect, useRef, useState } from "react";
import { answer, api } from "@/api/client";
import { useTitle } from "@/app/title";
import { t } from "@/i18n/signing";
import { buttonClass } from "@/ui/button";
import { EntranceFrame } from "./frame";

/** The one page whose policy lets Clerk's script run. */
export const CLERK_PAGE = "/clerk";

export interface ClerkWay {
  publishable_key: string;
  address: string;
}

interface ClerkSession {
  getToken(): Promise<string | null>;
}

/** What is used of Clerk's script. */
interface ClerkScript {
  load(): Promise<void>;
  session?: ClerkSession | null;
  mountSignIn(place: HTMLElement): void;
  addListener(heard: (change: { session?: ClerkSession | null }) => void): () => void;
}

declare global {
  interface Window {
    Clerk?: ClerkScript;
  }
}

/** The way to the page where Clerk signs people in, which leads back to the page that was wanted. */
export function ToClerk() {
  const wanted = location.pathname + location.search + location.hash;
  return (
    <a className={buttonClass({ look: "secondary" })} href={`${CLERK_PAGE}?return_to=${encodeURIComponent(wanted)}`}>
      {t("clerk.continue")}
    </a>
  );
}

/** Where somebody wanted to go: a page of this server, and no other. */
function wanted(): string {
  const path = new URLSearchParams(location.search).get("return_to") ?? "/";
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(path) ? path : "/";
}

function loadScript({ publishable_key, address }: ClerkWay): Promise<ClerkScript> {
  return new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = `${address}/npm/@clerk/clerk-js@5/dist/clerk.browser.js`;
    script.crossOrigin = "anonymous";
    script.dataset.clerkPublishableKey = publishable_key;
    script.onload = () => (window.Clerk ? loaded(window.Clerk) : failed(new Error(t("clerk.failed"))));
    script.onerror = () => failed(new Error(t("clerk.failed")));
    document.head.append(script);
  });
}

/** Exchanges what Clerk says of somebody for a session of this server. */
async function enter(session: ClerkSession) {
  const token = await session.getToken();
  if (!token) throw new Error(t("clerk.failed"));
  await answer(api.POST("/api/v1/auth/session", { body: { token } }));
  location.replace(wanted());
}

/** Clerk's own form. Who is signed in there already comes in at once. */
export function ByClerk({ way }: { way: ClerkWay }) {
  const place = useRef<HTMLDivElement>(null);
  const [error, setError] = useState<Error>();
  useTitle(t("signIn.title"));
  useEffect(() => {
    let gone = false;
    let silence = () => {};
    const fail = (cause: unknown) => setError(cause instanceof Error ? cause : new Error(t("clerk.failed")));
    const begin = async () => {
      const clerk = await loadScript(way);
      await clerk.load();
      if (gone) return;
      if (clerk.session) return enter(clerk.session);
      if (place.current) clerk.mountSignIn(place.current);
      silence = clerk.addListener(({ session }) => {
        if (!session) return;
        silence();
        enter(session).catch(fail);
      });
    };
    begin().catch(fail);
    return () => {
      gone = true;
      silence();
    };
  }, [way]);
  return (
    <EntranceFrame title={t("signIn.heading")} text={t("clerk.text")}>
      {error && (
        <p role="alert" className="text-sm text-bad">
          {error.message}
        </p>
      )}
      <div ref={place} />
      <a className={buttonClass({ look: "ghost" })} href={wanted()}>
        {t("clerk.otherwise")}
      </a>
    </EntranceFrame>
  );
}
