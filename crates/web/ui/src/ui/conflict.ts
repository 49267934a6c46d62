import type { ApiError } from "@/api/client";
import { t } from "@/i18n";

/** That somebody else has changed a thing of this name, and who, where that is known. */
export function meanwhile(name: string, { facts }: ApiError): string {
  return typeof facts.by === "string" ? t("conflict.by", { name, by: facts.by }) : t("conflict.somebody", { name });
}
