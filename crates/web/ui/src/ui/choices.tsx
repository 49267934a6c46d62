import clsx from "clsx";
import { Command } from "cmdk";
import { Check } from "lucide-react";
import { Popover } from "radix-ui";
import { type ReactElement, type ReactNode, useState } from "react";
import { t } from "@/i18n";

export interface Option {
  id: string;
  label: string;
  icon?: ReactNode;
  /** Further words below the label, e.g. why it cannot be had now. */
  note?: string;
  /** How many there are of it. */
  count?: number;
}

export interface ChoicesProps {
  label: string;
  options: Option[];
  chosen: string[];
  onChange(chosen: string[]): void;
  /** Where there is nothing to choose. */
  empty?: string;
  /** One takes the place of the other. */
  single?: boolean;
}

/** More options than this are found by typing. */
const SHOWN = 100;
/** Fewer options than this are seen at a glance: typing still finds, but there is no field to look at. */
const FEW = 8;

/** A list to choose from by typing, and with the arrow keys. What was chosen before stands first in a long one. */
export function Choices({ label, options, chosen, onChange, empty, single }: ChoicesProps) {
  const [typed, setTyped] = useState("");
  const [before] = useState(chosen);
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = options.filter(({ label: name }) => words.every((word) => name.toLowerCase().includes(word)));
  const few = options.length < FEW;
  const sorted = few ? found : found.toSorted((a, b) => Number(before.includes(b.id)) - Number(before.includes(a.id)));
  const choose = (id: string) => {
    if (single) return onChange([id]);
    onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  };
  return (
    <Command label={label} loop shouldFilter={false} defaultValue={few ? nameOf(options, chosen[0]) : undefined}>
      <Command.Input
        autoFocus
        value={typed}
        onValueChange={setTyped}
        placeholder={t("common.search")}
        inputMode={few ? "none" : undefined}
        className={clsx(
          few ? "sr-only" : "h-9 w-full border-b border-line bg-transparent px-3 text-sm focus-visible:outline-none",
        )}
      />
      <Command.List className="max-h-72 overflow-y-auto p-1">
        <Command.Empty className="px-3 py-5 text-center text-sm text-muted">
          {options.length === 0 && empty ? empty : t("common.nothingFound")}
        </Command.Empty>
        {sorted.slice(0, SHOWN).map(({ id, label: name, icon, note, count }) => (
          <Command.Item
            key={id}
            value={`${name} ${id}`}
            onSelect={() => choose(id)}
            className="flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 text-sm data-[selected=true]:bg-hover pointer-coarse:py-2.5"
          >
            {icon && <span className="flex w-5 shrink-0 justify-center">{icon}</span>}
            <span className="min-w-0 flex-1">
              <span className="block truncate">{name}</span>
              {note && <span className="block text-xs text-muted">{note}</span>}
            </span>
            {count !== undefined && <span className="text-xs text-muted tabular-nums">{count}</span>}
            {chosen.includes(id) && (
              <>
                <Check size={14} className="shrink-0 text-accent-text" />
                <span className="sr-only">{t("common.chosen")}</span>
              </>
            )}
          </Command.Item>
        ))}
        {found.length > SHOWN && (
          <p className="px-2 py-1.5 text-xs text-muted">{t("common.moreToType", { count: found.length - SHOWN })}</p>
        )}
      </Command.List>
    </Command>
  );
}

/** What the list calls an option, so that it begins at the one that is chosen. */
function nameOf(options: Option[], id: string | undefined): string | undefined {
  const option = options.find((other) => other.id === id);
  return option && `${option.label} ${option.id}`;
}

export const POPOVER =
  "z-60 w-72 max-w-[calc(100vw-1rem)] animate-rise overflow-hidden rounded-lg border border-line bg-raised shadow-2 focus:outline-none";

interface OpenedProps extends ChoicesProps {
  trigger: ReactElement;
  open: boolean;
  onOpenChange(open: boolean): void;
}

/** The list below its trigger. */
export default function Opened({ trigger, open, onOpenChange, ...choices }: OpenedProps) {
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={choices.label}
          className={POPOVER}
        >
          <Choices
            {...choices}
            onChange={(next) => {
              if (choices.single) onOpenChange(false);
              choices.onChange(next);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
