import { Command } from "cmdk";
import { Check } from "lucide-react";
import { Popover } from "radix-ui";
import { type ReactElement, type ReactNode, useState } from "react";
import { t } from "@/i18n";

interface Option {
  id: string;
  label: string;
  icon?: ReactNode;
}

interface Props {
  label: string;
  trigger: ReactElement;
  options: Option[];
  chosen: string[];
  onChange(chosen: string[]): void;
  empty?: string;
}

/** More options than this are found by typing. */
const SHOWN = 100;

/** Choose several of many, by typing. */
export function Picker({ label, trigger, options, chosen, onChange, empty }: Props) {
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  const [typed, setTyped] = useState("");
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = options.filter(({ label: name }) => words.every((word) => name.toLowerCase().includes(word)));
  return (
    <Popover.Root onOpenChange={() => setTyped("")}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className="z-60 w-72 animate-rise overflow-hidden rounded-lg border border-line bg-raised shadow-2 focus:outline-none"
        >
          <Command label={label} loop shouldFilter={false}>
            <Command.Input
              value={typed}
              onValueChange={setTyped}
              placeholder={t("common.search")}
              className="h-9 w-full border-b border-line bg-transparent px-3 text-sm focus-visible:outline-none"
            />
            <Command.List className="max-h-64 overflow-y-auto p-1">
              <Command.Empty className="px-3 py-5 text-center text-sm text-muted">
                {empty ?? t("common.nothingFound")}
              </Command.Empty>
              {found.slice(0, SHOWN).map(({ id, label: name, icon }) => (
                <Command.Item
                  key={id}
                  value={`${name} ${id}`}
                  onSelect={() => toggle(id)}
                  className="flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 text-sm data-[selected=true]:bg-hover pointer-coarse:py-2.5"
                >
                  <span className="flex w-4 justify-center">
                    {chosen.includes(id) && <Check size={14} className="text-accent-text" />}
                  </span>
                  {icon}
                  <span className="min-w-0 flex-1 truncate">{name}</span>
                  {chosen.includes(id) && <span className="sr-only">{t("common.chosen")}</span>}
                </Command.Item>
              ))}
              {found.length > SHOWN && (
                <p className="px-2 py-1.5 text-xs text-muted">
                  {t("common.moreToType", { count: found.length - SHOWN })}
                </p>
              )}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
