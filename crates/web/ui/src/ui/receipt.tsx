import type { MessageState } from "@/api/types";
import { t } from "@/i18n/more";
import { Badge, type Tone } from "./badge";

const TONES: Record<MessageState, Tone> = { queued: "warn", sent: "info", seen: "ok", failed: "bad" };

/** How far something that is said to an agent got. */
export function Receipt({ state }: { state: string }) {
  return <Badge tone={TONES[state as MessageState] ?? "idle"}>{t(`receipt.${state as MessageState}`)}</Badge>;
}
