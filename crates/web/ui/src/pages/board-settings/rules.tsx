import { patchSnapshot } from "@/api/cache";
import type { Board } from "@/api/types";
import { isChangedMeanwhile } from "@/api/versions";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import { Switch } from "@/ui/switch";
import { toast } from "@/ui/toast";
import { saveBoard } from "./save";

const RULES = [
  "require_approval_for_done",
  "require_review_before_done",
  "comment_required_for_review",
  "block_status_changes_with_pending_approval",
  "only_lead_can_change_status",
] as const;

/** The rules of the board, which admins change: a switch works at once. */
export function Rules({ board }: { board: Board }) {
  const { isAdmin } = useAccess();
  const set = async (rule: (typeof RULES)[number], on: boolean) => {
    patchSnapshot(board.id, (now) => ({ ...now, board: { ...now.board, [rule]: on } }));
    try {
      await saveBoard(board, { [rule]: on });
    } catch (error) {
      if (!isChangedMeanwhile(error))
        patchSnapshot(board.id, (now) => ({ ...now, board: { ...now.board, [rule]: !on } }));
      toast.error(error);
    }
  };
  return (
    <div className="rounded-xl border border-line px-4 py-2">
      {RULES.map((rule) => (
        <Switch
          key={rule}
          label={t(`boardRule.${rule}`)}
          hint={t(`boardRule.${rule}_hint`)}
          checked={board[rule]}
          disabled={!isAdmin}
          onChange={(on) => void set(rule, on)}
        />
      ))}
    </div>
  );
}
