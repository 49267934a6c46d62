import clsx from "clsx";
import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { Kbd } from "./kbd";

const PANEL =
  "z-60 min-w-44 max-h-(--radix-dropdown-menu-content-available-height) overflow-y-auto animate-rise rounded-lg " +
  "border border-line bg-raised p-1 text-sm shadow-2 focus:outline-none";
const ITEM =
  "flex items-center gap-2 rounded-md px-2 py-1.5 outline-none select-none data-[highlighted]:bg-hover " +
  "data-[disabled]:opacity-50 pointer-coarse:py-2.5";

interface MenuProps {
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "end" | "center";
  open?: boolean;
  onOpenChange?(open: boolean): void;
  /** What has the focus afterwards, when it is not the trigger. */
  returnTo?(): HTMLElement | null;
}

export function Menu({ trigger, children, align = "start", open, onOpenChange, returnTo }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            const target = returnTo?.();
            // Something else, such as a dialog, may have taken the focus meanwhile.
            if (!target || document.querySelector('[role="dialog"]')) return;
            event.preventDefault();
            target.focus();
          }}
          className={PANEL}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  icon?: ReactNode;
  children: ReactNode;
  onSelect(): void;
  disabled?: boolean;
  danger?: boolean;
  checked?: boolean;
  /** Further words below, e.g. why it is disabled. */
  note?: string;
  keys?: string;
}

export function MenuItem({ icon, children, onSelect, disabled, danger, checked, note, keys }: ItemProps) {
  const body = (
    <>
      {icon && <span className="flex w-4 shrink-0 justify-center text-muted">{icon}</span>}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{children}</span>
        {note && <span className="block max-w-60 text-xs whitespace-normal text-muted">{note}</span>}
      </span>
      {checked && <Check size={14} aria-hidden className="text-accent-text" />}
      {keys && <Kbd keys={keys} />}
    </>
  );
  if (checked !== undefined) {
    return (
      <DropdownMenu.CheckboxItem className={ITEM} checked={checked} disabled={disabled} onSelect={onSelect}>
        {body}
      </DropdownMenu.CheckboxItem>
    );
  }
  return (
    <DropdownMenu.Item className={clsx(ITEM, danger && "text-bad")} disabled={disabled} onSelect={onSelect}>
      {body}
    </DropdownMenu.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Label className="px-2 pb-1 pt-1.5 text-xs font-medium text-muted">{children}</DropdownMenu.Label>
  );
}

export function MenuLine() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
