import { Check, CheckCheck, X } from "lucide-react";
import type { ReactNode } from "react";
import type { CommandDecision } from "@/api/commands";
import { t } from "@/i18n/admin";
import { Button } from "@/ui/button";
import { confirm } from "@/ui/confirm";

const ICONS: Record<CommandDecision, ReactNode> = {
  once: <Check size={14} />,
  always: <CheckCheck size={14} />,
  deny: <X size={14} />,
};
/** Keys that do the same in the inbox. */
const KEYS: Partial<Record<CommandDecision, string>> = { once: "Y", deny: "N" };

interface Props {
  command: string;
  decisions: readonly CommandDecision[];
  busy?: boolean;
  size?: "sm" | "md";
  /** Show the keys of the inbox. */
  keys?: boolean;
  decide(decision: CommandDecision): void;
}

/** Exactly the decisions that the gateway takes for a command. What holds for ever is asked about once more. */
export function Decisions({ command, decisions, busy, size = "md", keys, decide }: Props) {
  const choose = async (decision: CommandDecision) => {
    const question = { title: t("commands.alwaysTitle"), text: command, action: t("commandDecision.always") };
    if (decision !== "always" || (await confirm(question))) decide(decision);
  };
  return decisions.map((decision) => (
    <Button
      key={decision}
      size={size}
      look={decision === "once" ? "primary" : "secondary"}
      disabled={busy}
      onClick={() => void choose(decision)}
    >
      {ICONS[decision]}
      {t(`commandDecision.${decision}`)}
      {keys && KEYS[decision] && <kbd className="ml-1 font-sans text-xs">{KEYS[decision]}</kbd>}
    </Button>
  ));
}
