import { useState } from "react";
import { createTask } from "@/api/tasks-made";
import type { TaskStatus } from "@/api/types";
import { t } from "@/i18n/board";
import { useDraft } from "@/ui/draft";
import { Input } from "@/ui/field";
import { toast } from "@/ui/toast";
import { statusName } from "../task/words";
import { useBoard } from "./context";

/** Writes tasks into a column, one line each: Enter makes one and begins the next. */
export function QuickAdd({ status, close }: { status: TaskStatus; close(): void }) {
  const { board } = useBoard().snapshot;
  const [title = "", setTitle] = useDraft(`quick-add.${board.id}.${status}`);
  const [busy, setBusy] = useState(false);
  const add = async () => {
    if (!title.trim() || busy) return;
    setBusy(true);
    try {
      await createTask(board.id, { title: title.trim(), status, priority: "medium" });
      setTitle(undefined);
    } catch (error) {
      toast.error(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="px-2 pb-2">
      <Input
        autoFocus
        aria-label={t("column.add", { column: statusName(status) })}
        placeholder={t("column.placeholder")}
        value={title}
        readOnly={busy}
        onChange={(event) => setTitle(event.target.value)}
        onBlur={() => !title.trim() && !busy && close()}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.preventDefault();
            void add();
          } else if (event.key === "Escape") {
            event.preventDefault();
            close();
          }
        }}
      />
    </div>
  );
}
