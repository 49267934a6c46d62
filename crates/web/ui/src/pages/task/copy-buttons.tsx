import { Copy, Link as LinkIcon } from "lucide-react";
import { t } from "@/i18n";
import { IconButton } from "@/ui/button";
import { copy } from "@/ui/copy";
import { taskAddress } from "./key";

/** Beside the key of a task: takes it along, alone or as an address. */
export function CopyButtons({ taskKey }: { taskKey: string | null | undefined }) {
  if (!taskKey) return null;
  return (
    <span className="flex items-center">
      <IconButton label={t("task.copyKey")} icon={<Copy size={14} />} onClick={() => void copy(taskKey)} />
      <IconButton
        label={t("task.copyLink")}
        icon={<LinkIcon size={14} />}
        onClick={() => void copy(taskAddress(taskKey))}
      />
    </span>
  );
}
