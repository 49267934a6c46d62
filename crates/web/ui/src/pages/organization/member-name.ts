import type { Member } from "@/api/types";
import { t } from "@/i18n";

export function memberName({ user }: Member) {
  return user?.preferred_name || user?.name || user?.email || t("common.person");
}
