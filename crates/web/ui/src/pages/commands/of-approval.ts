import { COMMAND_DECISIONS, type CommandDecision } from "@/api/commands";
import type { Approval } from "@/api/types";

/** The command that an approval of the inbox is about. */
export interface Command {
  id: string;
  /** What its gateway takes. */
  decisions: CommandDecision[];
  expires_at: string | undefined;
  run_id: string | undefined;
}

/** The command, where the approval is about one. */
export function commandOf({ action_type, payload }: Pick<Approval, "action_type" | "payload">): Command | undefined {
  const fields = (payload ?? {}) as Record<string, unknown>;
  const { exec_approval_id: id, allowed_decisions: allowed } = fields;
  if (action_type !== "exec" || typeof id !== "string") return undefined;
  const word = (value: unknown) => (typeof value === "string" ? value : undefined);
  return {
    id,
    decisions: COMMAND_DECISIONS.filter((decision) => !Array.isArray(allowed) || allowed.includes(decision)),
    expires_at: word(fields.expires_at),
    run_id: word(fields.run_id),
  };
}
