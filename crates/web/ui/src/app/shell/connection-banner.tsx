import { WifiOff } from "lucide-react";
import { useEffect, useState } from "react";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { reconnect, useStreamState } from "../session";

/** A cut that heals within this time is not worth a word. */
const PATIENCE_MS = 2500;
/** Of this one time has passed already before anybody knew. */
const PATIENCE_WITH_SILENCE_MS = 600;

/** Says when the page may be out of date, and goes away when it is not any more. */
export function ConnectionBanner() {
  const state = useStreamState();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (state === "live" || state === "paused") {
      setShown(false);
      return;
    }
    const patience = state === "silent" ? PATIENCE_WITH_SILENCE_MS : PATIENCE_MS;
    const timer = window.setTimeout(() => setShown(true), patience);
    return () => window.clearTimeout(timer);
  }, [state]);
  return (
    <div role="status">
      {shown && (
        <div className="flex items-center justify-center gap-3 bg-warn-soft px-4 py-1.5 text-sm text-warn">
          <WifiOff size={14} />
          {t("stream.lost")}
          <Button size="sm" onClick={reconnect}>
            {t("stream.reconnect")}
          </Button>
        </div>
      )}
    </div>
  );
}
