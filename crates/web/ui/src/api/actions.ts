import { t } from "@/i18n";
import { confirm } from "@/ui/confirm";
import { toast } from "@/ui/toast";
import { reread } from "./cache";

interface Removal {
  title: string;
  text: string;
  /** Typed to confirm, where much goes with it. */
  typed?: string;
  /** Keys of what shows it. */
  keys: string[][];
  run(): Promise<unknown>;
}

/** Deletes something, after asking. Answers whether it was done. */
export async function remove({ title, text, typed, keys, run }: Removal): Promise<boolean> {
  if (!(await confirm({ title, text, typed, action: t("common.delete") }))) return false;
  return attempt(run, t("common.deleted"), keys);
}

/** Does something and says how it went. */
export async function attempt(run: () => Promise<unknown>, done: string, keys: string[][] = []): Promise<boolean> {
  try {
    await run();
    toast.ok(done);
    return true;
  } catch (error) {
    toast.error(error);
    return false;
  } finally {
    keys.forEach((key) => reread(key));
  }
}
