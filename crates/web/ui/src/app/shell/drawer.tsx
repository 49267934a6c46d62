import { Dialog } from "radix-ui";
import { t } from "@/i18n";
import { Sidebar } from "./sidebar";

interface Props {
  close(): void;
  search(): void;
  help(): void;
}

/** The navigation of narrow screens. */
export default function Drawer({ close, search, help }: Props) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-40 w-72 animate-drawer border-r border-line bg-bg shadow-3 focus:outline-none"
        >
          <Dialog.Title className="sr-only">{t("nav.title")}</Dialog.Title>
          <Sidebar search={search} help={help} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
