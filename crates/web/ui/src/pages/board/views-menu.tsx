import { Bookmark, Pencil, Save, Trash2 } from "lucide-react";
import { useState } from "react";
import { attempt } from "@/api/actions";
import type { BoardView } from "@/api/types";
import type { BoardSearch } from "@/app/search";
import { addressOf, keptOf, shownBy, showsSame, useViews } from "@/app/views";
import { t } from "@/i18n/board";
import { Field, Input } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/menu";
import type { MenuOnDemandProps } from "@/ui/on-demand-menu";
import { Switch } from "@/ui/switch";
import { useBoard } from "./context";
import { changeView, deleteView, keepView } from "./view-actions";

interface Props extends MenuOnDemandProps {
  search: BoardSearch;
  show(change: Partial<BoardSearch>, replace?: boolean): void;
}

const EVERYTHING = { q: undefined, sort: undefined, group: undefined, cols: undefined, in: undefined };

/** The views of the board: what is filtered, sorted and grouped, as cards or as a table; the person's own, and shared ones. */
export default function ViewsMenu({ search, show, ...menu }: Props) {
  const { snapshot, canWrite } = useBoard();
  const views = useViews(snapshot.board.id);
  const [naming, setNaming] = useState<BoardView | "new">();
  const current = views.find(({ id }) => id === search.in) ?? views.find((view) => showsSame(shownBy(view), search));
  const changed = current && !showsSame(shownBy(current), search);
  // Shared views are changed by those who may change the board.
  const mayChange = current && (!current.shared || canWrite);
  const keep = async (name: string, shared: boolean) => {
    if (naming === "new") {
      const made = await keepView(snapshot.board.id, name, shared, search);
      return show({ in: made.id }, true);
    }
    if (naming) await changeView(naming, { name, shared });
  };
  return (
    <>
      <Menu align="end" {...menu}>
        <MenuLabel>{t("board.views")}</MenuLabel>
        <MenuItem checked={!current && showsSame(search, {})} onSelect={() => show(EVERYTHING)}>
          {t("view.everything")}
        </MenuItem>
        {views.map((view) => (
          <MenuItem
            key={view.id}
            checked={view === current}
            note={view.shared ? t("view.shared") : undefined}
            onSelect={() => show({ ...EVERYTHING, ...addressOf(view) })}
          >
            {view.name}
          </MenuItem>
        ))}
        {views.length === 0 && <p className="max-w-56 px-2 pb-1.5 text-xs text-muted">{t("board.noViews")}</p>}
        <MenuLine />
        {mayChange && changed && (
          <MenuItem
            icon={<Save size={14} />}
            onSelect={() => void attempt(() => changeView(current, keptOf(search)), t("common.saved"))}
          >
            {t("view.update", { name: current.name })}
          </MenuItem>
        )}
        <MenuItem icon={<Bookmark size={14} />} onSelect={() => setNaming("new")}>
          {t("view.save")}
        </MenuItem>
        {mayChange && (
          <>
            <MenuItem icon={<Pencil size={14} />} onSelect={() => setNaming(current)}>
              {t("view.rename")}
            </MenuItem>
            <MenuItem
              icon={<Trash2 size={14} />}
              danger
              onSelect={() => void attempt(() => deleteView(current), t("common.deleted"))}
            >
              {t("board.forgetView")}
            </MenuItem>
          </>
        )}
      </Menu>
      {naming && (
        <NameView
          view={naming === "new" ? undefined : naming}
          usual={search.q ?? ""}
          mayShare={canWrite}
          close={() => setNaming(undefined)}
          save={keep}
        />
      )}
    </>
  );
}

interface NameProps {
  view: BoardView | undefined;
  usual: string;
  mayShare: boolean;
  save(name: string, shared: boolean): Promise<void>;
  close(): void;
}

function NameView({ view, usual, mayShare, save, close }: NameProps) {
  const [name, setName] = useState(view?.name ?? usual);
  const [shared, setShared] = useState(view?.shared ?? false);
  const form = useForm(async () => {
    await save(name.trim(), shared);
    close();
  });
  return (
    <FormDialog
      title={view ? t("view.rename") : t("view.saveTitle")}
      description={t("view.saveText")}
      form={form}
      close={close}
      action={t("common.save")}
      ready={Boolean(name.trim())}
    >
      <Field label={t("view.name")} error={form.fault("name")} required>
        <Input autoFocus maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      {mayShare && <Switch label={t("view.share")} hint={t("view.shareHint")} checked={shared} onChange={setShared} />}
    </FormDialog>
  );
}
