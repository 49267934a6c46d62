import { KeyRound } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { begin } from "@/app/session";
import { t } from "@/i18n/signing";
import { signInWithPasskey } from "@/pages/entrance/passkeys";
import { Button } from "@/ui/button";

/** Signs in with a passkey: by the button, or by choosing one among what the browser suggests for the address. */
export function ByPasskey() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const waiting = useRef<AbortController>(undefined);
  useEffect(() => {
    const here = new AbortController();
    waiting.current = here;
    void suggest(here.signal, setError);
    return () => here.abort();
  }, []);
  const ask = async () => {
    // Browsers ask one question at a time.
    waiting.current?.abort();
    setBusy(true);
    setError(undefined);
    try {
      await signInWithPasskey();
      begin();
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(t("error.unexpected")));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <Button disabled={busy} onClick={() => void ask()}>
        <KeyRound size={14} />
        {t("passkey.signIn")}
      </Button>
      {error && (
        <p role="alert" className="text-sm text-bad">
          {error.message}
        </p>
      )}
    </div>
  );
}

async function suggest(signal: AbortSignal, failed: (error: Error) => void) {
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  try {
    await signInWithPasskey(signal);
    begin();
  } catch (cause) {
    // Nobody has asked for anything: what the browser does not do is no news.
    if (!signal.aborted && cause instanceof Error && cause.name === "ApiError") failed(cause);
  }
}
