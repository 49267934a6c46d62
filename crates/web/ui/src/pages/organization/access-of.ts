import type { Member } from "@/api/types";
import { t } from "@/i18n";

/** Which boards a member sees and changes, in words. */
export function accessOf(member: Member): string {
  if (member.role !== "member" || member.all_boards_write) return t("organization.writesAll");
  if (member.all_boards_read) return t("organization.readsAll");
  return t("organization.someBoards", { count: member.board_access.length });
}
