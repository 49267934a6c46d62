import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";
import { queryClient } from "@/api/query-client";
import { t, useLocale } from "@/i18n";
import { Confirmations } from "@/ui/confirm";
import { lazily } from "@/ui/lazily";
import { Toasts } from "@/ui/toast";
import { Tips } from "@/ui/tooltip";
import { keep, readKept } from "./kept";
import { router } from "./router";
import { useSession, useStreamState } from "./session";
import { Frame } from "./shell/frame";

const SignIn = lazily(() => import("@/pages/sign-in"));
const Reset = lazily(() => import("@/pages/entrance/reset"));

const SIGNED_IN = "mc.signed-in";

export function App() {
  const locale = useLocale();
  return (
    <QueryClientProvider client={queryClient}>
      {/* Every text is chosen when it is drawn, so another language draws everything anew. */}
      <Entrance key={locale} />
      <Confirmations />
      <Toasts />
      <Tips />
    </QueryClientProvider>
  );
}

function Entrance() {
  const session = useSession();
  const stream = useStreamState();
  useEffect(() => {
    if (session !== "unknown") keep(SIGNED_IN, session === "in");
  }, [session]);
  // Whoever is signed in: the link is for who has it.
  if (location.pathname === "/reset") {
    return (
      <Suspense>
        <Reset />
      </Suspense>
    );
  }
  if (session === "in") return <RouterProvider router={router} />;
  if (session === "out") {
    return (
      <Suspense>
        <SignIn />
      </Suspense>
    );
  }
  // Who was here before most likely still is.
  if (stream !== "lost" && readKept(SIGNED_IN, false)) return <Frame />;
  return (
    <main className="flex h-full items-center justify-center text-sm text-muted">
      {stream === "lost" ? (
        <p role="alert">{t("stream.unreachable")}</p>
      ) : (
        <p className="sr-only">{t("common.loading")}</p>
      )}
    </main>
  );
}
