import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Suspense } from "react";
import { queryClient } from "@/api/query-client";
import { t, useLocale } from "@/i18n";
import { Confirmations } from "@/ui/confirm";
import { lazily } from "@/ui/lazily";
import { Toasts } from "@/ui/toast";
import { Tips } from "@/ui/tooltip";
import { router } from "./router";
import { useSession, useStreamState } from "./session";

const SignIn = lazily(() => import("@/pages/sign-in"));

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
  if (session === "in") return <RouterProvider router={router} />;
  if (session === "out") {
    return (
      <Suspense>
        <SignIn />
      </Suspense>
    );
  }
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
