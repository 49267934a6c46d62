import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type CommandDecision, decideCommand } from "@/api/commands";
import type { Approval } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/admin";
import { Countdown } from "@/ui/countdown";
import { toast } from "@/ui/toast";
import { askedOf } from "../inbox/asked";
import { Decisions } from "./decisions";
import type { Command } from "./of-approval";

interface Props {
  approval: Approval;
  command: Command;
  /** Whether what is shown has just moved, so that a click may have been meant for something else. */
  settling(): boolean;
  /** It does not wait any more. */
  decided(): void;
}

/** What can be decided about a command in the inbox, and for how long. */
export default function CommandBar({ approval, command, settling, decided }: Props) {
  const [busy, setBusy] = useState(false);
  const { isAdmin } = useAccess();
  const decide = async (decision: CommandDecision) => {
    if (settling()) return;
    setBusy(true);
    try {
      await decideCommand(command.id, decision);
      toast.ok(t(`commandDecided.${decision}`));
      decided();
    } catch (error) {
      toast.error(error);
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Decisions
        keys
        command={askedOf(approval).commands.join("\n")}
        decisions={command.decisions}
        busy={busy}
        decide={(decision) => void decide(decision)}
      />
      {command.run_id && (
        <Link
          to="/runs/$runId"
          params={{ runId: command.run_id }}
          className="rounded px-1 text-sm text-accent-text hover:underline"
        >
          {t("commands.run")}
        </Link>
      )}
      {isAdmin && (
        <Link
          to="/exec-policies"
          search={{ from: command.id }}
          className="rounded px-1 text-sm text-accent-text hover:underline"
        >
          {t("commands.makeRule")}
        </Link>
      )}
      {command.expires_at && (
        <Countdown
          until={command.expires_at}
          words={(left) => t("commands.left", { left })}
          over={t("commands.over")}
          className="ml-auto text-sm text-muted tabular-nums"
        />
      )}
    </div>
  );
}
