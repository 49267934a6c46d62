import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { t } from "@/i18n";
import { IconButton } from "./button";

interface Props {
  open: boolean;
  onClose(): void;
  title: string;
  /** Below the title. */
  description?: string;
  children: ReactNode;
  /** Buttons below everything. */
  footer?: ReactNode;
  wide?: boolean;
  /** Asks before it closes by a stray click or key, so that nothing typed is lost. */
  guarded?: boolean;
  /** There is nothing in it that takes the focus: it is scrolled with the keys itself. */
  plain?: boolean;
}

/** A window above the page. Focus stays inside and returns to where it was. */
export function Dialog({ open, onClose, title, description, children, footer, wide, guarded, plain }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-veil" />
        <Radix.Content
          aria-describedby={description ? undefined : ""}
          onPointerDownOutside={(event) => guarded && event.preventDefault()}
          className={clsx(
            "fixed left-1/2 top-[12vh] z-50 flex max-h-[80vh] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col",
            "animate-rise rounded-xl border border-line bg-raised shadow-3 focus:outline-none",
            "max-sm:inset-x-0 max-sm:bottom-0 max-sm:top-auto max-sm:w-full max-sm:max-h-[92dvh] max-sm:translate-x-0 max-sm:rounded-b-none",
            wide ? "max-w-3xl" : "max-w-lg",
          )}
        >
          <header className="flex items-start gap-3 px-5 pb-2 pt-4">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-0.5 text-sm text-muted">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label={t("common.close")} icon={<X size={16} />} className="-mr-2" />
            </Radix.Close>
          </header>
          <div tabIndex={plain ? 0 : undefined} className="min-h-0 flex-1 overflow-y-auto px-5 pb-5 pt-1">
            {children}
          </div>
          {footer && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface SheetProps {
  open: boolean;
  onClose(): void;
  label: string;
  children: ReactNode;
}

/** A panel over the right side of the page; the whole screen on a phone. */
export function Sheet({ open, onClose, label, children }: SheetProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 animate-fade bg-veil" />
        <Radix.Content
          aria-describedby={undefined}
          tabIndex={-1}
          onEscapeKeyDown={(event) => {
            // A field has its own meaning for the key, such as taking back what was typed.
            if (event.target instanceof HTMLElement && event.target.matches("input, textarea, select"))
              event.preventDefault();
          }}
          onOpenAutoFocus={(event) => {
            // The panel itself, so that its keys work and no button asks for attention.
            event.preventDefault();
            (event.currentTarget as HTMLElement).focus();
          }}
          className="fixed inset-y-0 right-0 z-30 flex w-full max-w-2xl animate-slide flex-col border-l border-line bg-surface shadow-3 focus:outline-none"
        >
          <Radix.Title asChild>
            <p className="sr-only">{label}</p>
          </Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
