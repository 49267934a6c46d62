import { Hourglass } from "lucide-react";
import type { Task } from "@/api/types";
import { type MessageKey, t } from "@/i18n";
import { Badge } from "@/ui/badge";
import { parseTime, shortMoment } from "@/ui/time";

const CAUSES = ["silent", "gateway_away", "paused", "budget", "breaker", "given_up", "deleting"];

/** Says of a task in progress why nothing is to be expected of the agent that has it. */
export function StaleChip({ task: { stale }, timeZone }: { task: Pick<Task, "stale">; timeZone: string }) {
  if (!stale) return null;
  // A newer server may have causes that we do not know.
  const cause = CAUSES.includes(stale.cause) ? stale.cause : "silent";
  const text = t(`staleCause.${cause}` as MessageKey, { since: shortMoment(parseTime(stale.since), timeZone) });
  return (
    <Badge className="max-w-full min-w-0 shrink self-start">
      <Hourglass size={12} className="shrink-0" />
      <span className="min-w-0 truncate" title={text}>
        {text}
      </span>
    </Badge>
  );
}
