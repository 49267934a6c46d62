import { t } from "@/i18n";
import { toast } from "./toast";

/** Puts a text on the clipboard and says so. */
export async function copy(text: string) {
  // Browsers keep the clipboard from pages that came without encryption, as those in a home network do.
  if (isSecureContext) await navigator.clipboard.writeText(text);
  else copySelected(text);
  toast.ok(t("common.copied"));
}

function copySelected(text: string) {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  // Within an open dialog, which lets the focus go nowhere else.
  (before?.closest('[role="dialog"]') ?? document.body).append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
}
