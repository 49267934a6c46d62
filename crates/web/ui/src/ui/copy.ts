import { t } from "@/i18n";
import { toast } from "./toast";

/** Puts a text on the clipboard and says so, or that the browser does not let it; answers which. */
export async function copy(text: string): Promise<boolean> {
  // Browsers keep the clipboard from pages that came without encryption, as those in a home network do, and a person or whoever
  // frames the page may forbid it.
  const copied = isSecureContext
    ? await navigator.clipboard.writeText(text).then(
        () => true,
        () => copySelected(text),
      )
    : copySelected(text);
  if (copied) toast.ok(t("common.copied"));
  else toast.bad(t("common.notCopied"));
  return copied;
}

function copySelected(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  // Within an open dialog, which lets the focus go nowhere else.
  (before?.closest('[role="dialog"]') ?? document.body).append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}
