import { t } from "@/i18n";
import { Dialog } from "@/ui/dialog";
import { Kbd } from "@/ui/kbd";
import { useActiveShortcuts } from "../shortcuts";

export default function ShortcutHelp({ close }: { close(): void }) {
  const shortcuts = useActiveShortcuts();
  const groups = [...new Set(shortcuts.map(({ group }) => group))];
  return (
    <Dialog open onClose={close} title={t("keys.title")} wide plain>
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        {groups.map((group) => (
          <section key={group}>
            <h3 className="mb-1 text-xs font-medium text-muted">{group}</h3>
            <dl>
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map(({ keys, label }) => (
                  <div
                    key={keys + label}
                    className="flex items-center justify-between gap-4 border-b border-line py-1.5 text-sm"
                  >
                    <dt>{label}</dt>
                    <dd>
                      <Kbd keys={keys.replace(" ", " then ")} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
