import { MoreHorizontal } from "lucide-react";
import { type ComponentProps, cloneElement, memo, type ReactElement, Suspense, useRef } from "react";
import type { Task } from "@/api/types";
import { t } from "@/i18n";
import { lazily } from "@/ui/lazily";
import { taskName } from "../task/words";

const Opened = lazily(() => import("./card-menu-items"));

interface Props {
  task: Task;
  open: boolean;
  onOpenChange(open: boolean): void;
}

/** What can be done with a task where dragging is not at hand: on touch screens and by keyboard. */
export const CardMenu = memo(function CardMenu({ task, open, onOpenChange }: Props) {
  // Most menus of a long column are never opened: before the first time there is only the button.
  const used = useRef(false);
  used.current ||= open;
  const trigger: ReactElement<ComponentProps<"button">> = (
    <button
      type="button"
      tabIndex={-1}
      aria-label={t("board.cardMenu", { title: taskName(task) })}
      className="absolute right-1.5 top-1.5 flex size-6 items-center justify-center rounded-md bg-surface text-muted opacity-0 hover:bg-hover group-hover:opacity-100 focus:opacity-100 data-[state=open]:opacity-100 pointer-coarse:size-9 pointer-coarse:opacity-100"
    >
      <MoreHorizontal size={15} />
    </button>
  );
  const closed = cloneElement(trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: () => void Opened.preload?.(),
    onClick: () => onOpenChange(true),
  });
  if (!used.current) return closed;
  return (
    <Suspense fallback={closed}>
      <Opened task={task} trigger={trigger} open={open} onOpenChange={onOpenChange} />
    </Suspense>
  );
});
