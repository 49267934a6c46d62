import { useQuery } from "@tanstack/react-query";
import * as queries from "@/api/queries";
import { t } from "@/i18n";
import { Checkbox, Select } from "@/ui/field";

export interface Access {
  all_boards_read: boolean;
  all_boards_write: boolean;
  board_access: { board_id: string; can_read: boolean; can_write: boolean }[];
}

/** Which boards somebody sees and may change: all of them, or one by one. */
export function BoardAccess({ value, onChange }: { value: Access; onChange(value: Access): void }) {
  const { data: boards = [] } = useQuery(queries.boards);
  const of = (board_id: string) => value.board_access.find((access) => access.board_id === board_id);
  const set = (board_id: string, right: string) => {
    const others = value.board_access.filter((access) => access.board_id !== board_id);
    const own = right === "none" ? [] : [{ board_id, can_read: true, can_write: right === "write" }];
    onChange({ ...value, board_access: [...others, ...own] });
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 text-sm font-medium">{t("organization.access")}</legend>
      <Checkbox
        label={t("organization.readsAll")}
        checked={value.all_boards_read || value.all_boards_write}
        disabled={value.all_boards_write}
        onChange={(event) => onChange({ ...value, all_boards_read: event.target.checked })}
      />
      <Checkbox
        label={t("organization.writesAll")}
        checked={value.all_boards_write}
        onChange={(event) => onChange({ ...value, all_boards_write: event.target.checked })}
      />
      {!value.all_boards_write &&
        boards.map(({ id, name }) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the control is in it.
          <label key={id} className="flex items-center gap-3 text-sm">
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <Select
              className="!w-36"
              value={of(id)?.can_write ? "write" : of(id)?.can_read ? "read" : "none"}
              onChange={(event) => set(id, event.target.value)}
            >
              <option value="none">{t("organization.noAccess")}</option>
              <option value="read">{t("organization.read")}</option>
              <option value="write">{t("organization.write")}</option>
            </Select>
          </label>
        ))}
    </fieldset>
  );
}
