import { Bookmark, Trash2 } from "lucide-react";
import { useState } from "react";
import type { BoardSearch } from "@/app/search";
import { useViews } from "@/app/views";
import { t } from "@/i18n/board";
import { Field, Input } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/menu";
import type { MenuOnDemandProps } from "@/ui/on-demand-menu";
import { useBoard } from "./context";

interface Props extends MenuOnDemandProps {
  search: BoardSearch;
  show(change: Partial<BoardSearch>, replace?: boolean): void;
}

/** The views that the person keeps of the board: what is filtered, how it is sorted, as cards or as a table. */
export default function ViewsMenu({ search, show, ...menu }: Props) {
  const { snapshot } = useBoard();
  const { views, keepView, forgetView } = useViews(snapshot.board.id);
  const [naming, setNaming] = useState(false);
  const now = { q: search.q, view: search.view, sort: search.sort };
  const current = views.find(({ q, view, sort }) => q === now.q && view === now.view && sort === now.sort);
  return (
    <>
      <Menu align="end" {...menu}>
        <MenuLabel>{t("board.views")}</MenuLabel>
        <MenuItem checked={!now.q && !now.sort} onSelect={() => show({ q: undefined, sort: undefined })}>
          {t("view.everything")}
        </MenuItem>
        {views.map((view) => (
          <MenuItem
            key={view.name}
            checked={view === current}
            onSelect={() => show({ q: view.q, view: view.view, sort: view.sort })}
          >
            {view.name}
          </MenuItem>
        ))}
        {views.length === 0 && <p className="max-w-56 px-2 pb-1.5 text-xs text-muted">{t("board.noViews")}</p>}
        <MenuLine />
        <MenuItem icon={<Bookmark size={14} />} onSelect={() => setNaming(true)}>
          {t("view.save")}
        </MenuItem>
        {current && (
          <MenuItem icon={<Trash2 size={14} />} onSelect={() => forgetView(current.name)}>
            {t("board.forgetView")}
          </MenuItem>
        )}
      </Menu>
      {naming && (
        <NameView usual={search.q ?? ""} close={() => setNaming(false)} save={(name) => keepView({ name, ...now })} />
      )}
    </>
  );
}

function NameView({ usual, save, close }: { usual: string; save(name: string): void; close(): void }) {
  const [name, setName] = useState(usual);
  const form = useForm(async () => {
    save(name.trim());
    close();
  });
  return (
    <FormDialog
      title={t("view.saveTitle")}
      description={t("view.saveText")}
      form={form}
      close={close}
      action={t("common.save")}
      ready={Boolean(name.trim())}
    >
      <Field label={t("view.name")} required>
        <Input autoFocus maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
