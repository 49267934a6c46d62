import type { Gateway } from "@/api/types";
import { t } from "@/i18n";
import type { Tone } from "@/ui/badge";

/** The colour of a gateway's connection. */
export function connectionTone({ connection_state, connection_error }: Gateway): Tone {
  if (connection_state === "up") return "ok";
  return connection_error ? "bad" : "idle";
}

export function connectionWord({ connection_state }: Gateway): string {
  switch (connection_state) {
    case "up":
      return t("gatewayState.up");
    case "down":
      return t("gatewayState.down");
    case "refused":
      return t("gatewayState.refused");
    default:
      return t("gatewayState.unknown");
  }
}
