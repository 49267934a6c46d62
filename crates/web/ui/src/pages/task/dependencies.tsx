import { Link2, Plus } from "lucide-react";
import type { Task } from "@/api/types";
import { t } from "@/i18n";
import { Button } from "@/ui/button";
import { Picker } from "@/ui/picker";
import { useBoard } from "../board/context";
import { statusIcon, statusName, taskName } from "./words";

/** What the task waits for, and what waits for it. */
export function Dependencies({ task, open }: { task: Task; open(task_id: string): void }) {
  const { snapshot, canWrite, change } = useBoard();
  const waitsFor = task.depends_on_task_ids.flatMap((id) => snapshot.tasks.find((other) => other.id === id) ?? []);
  const waiting = snapshot.tasks.filter((other) => other.depends_on_task_ids.includes(task.id));
  const mayChange = canWrite && task.status !== "done";
  if (!mayChange && waitsFor.length + waiting.length === 0) return null;
  const row = (other: Task) => (
    <li key={other.id}>
      <button
        type="button"
        onClick={() => open(other.id)}
        className="flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left text-sm hover:bg-hover"
      >
        {statusIcon(other.status)}
        <span className="shrink-0 text-xs text-muted tabular-nums">{other.key}</span>
        <span className="min-w-0 flex-1 truncate">{other.title}</span>
        <span className="text-xs text-muted">{statusName(other.status)}</span>
      </button>
    </li>
  );
  return (
    <section className="mt-6">
      <div className="flex items-center justify-between">
        <h2 className="text-sm">{t("task.dependencies")}</h2>
        {mayChange && (
          <Picker
            label={t("task.waitsFor")}
            options={snapshot.tasks
              .filter(({ id }) => id !== task.id)
              .map((other) => ({ id: other.id, label: taskName(other), icon: statusIcon(other.status) }))}
            chosen={task.depends_on_task_ids}
            onChange={(depends_on_task_ids) => change(task, { depends_on_task_ids }, t("task.saved"))}
            trigger={
              <Button look="ghost" size="sm">
                <Plus size={14} />
                {t("task.addDependency")}
              </Button>
            }
          />
        )}
      </div>
      {waitsFor.length > 0 && (
        <>
          <h3 className="mt-1 flex items-center gap-1.5 text-xs font-medium text-muted">
            <Link2 size={12} />
            {t("task.waitsFor")}
          </h3>
          <ul className="-mx-2">{waitsFor.map(row)}</ul>
        </>
      )}
      {waiting.length > 0 && (
        <>
          <h3 className="mt-2 text-xs font-medium text-muted">{t("task.waitForThis")}</h3>
          <ul className="-mx-2">{waiting.map(row)}</ul>
        </>
      )}
    </section>
  );
}
