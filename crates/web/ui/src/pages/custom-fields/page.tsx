import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus, TextCursorInput, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { remove } from "@/api/actions";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { CustomField } from "@/api/types";
import { useAccess } from "@/app/access";
import { type MessageKey, t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { type Column, DataTable } from "@/ui/data-table";
import { MenuItem } from "@/ui/menu";
import { Page } from "@/ui/page";
import { RowMenu } from "@/ui/row-menu";
import { Empty, Loaded } from "@/ui/states";
import { FieldForm } from "./field-form";

export default function CustomFieldsPage() {
  const query = useQuery(queries.customFields);
  const { data: boards = [] } = useQuery(queries.boards);
  const { isAdmin } = useAccess();
  const [editing, setEditing] = useState<CustomField | "new">();
  const columns = useMemo<Column<CustomField>[]>(
    () => [
      {
        id: "label",
        header: t("fields.label"),
        value: (field) => field.label,
        cell: (field) => (
          <>
            <p className="font-medium">{field.label}</p>
            <code className="text-xs text-muted">{field.field_key}</code>
          </>
        ),
      },
      { id: "type", header: t("fields.type"), value: (field) => t(`fieldType.${field.field_type}` as MessageKey) },
      {
        id: "visibility",
        header: t("fields.visibility"),
        wide: true,
        value: (field) => t(`fieldShown.${field.ui_visibility}` as MessageKey),
      },
      {
        id: "required",
        header: t("fields.required"),
        wide: true,
        value: (field) => Number(field.required),
        cell: (field) => field.required && <Badge tone="accent">{t("fields.required")}</Badge>,
      },
      {
        id: "boards",
        header: t("nav.boards"),
        wide: true,
        value: (field) =>
          boards
            .filter(({ id }) => field.board_ids.includes(id))
            .map(({ name }) => name)
            .join(", "),
      },
    ],
    [boards],
  );
  const create = isAdmin && (
    <Button look="primary" onClick={() => setEditing("new")}>
      <Plus size={15} />
      {t("fields.new")}
    </Button>
  );
  return (
    <Page title={t("nav.customFields")} actions={create}>
      <Loaded query={query}>
        {(fields) => (
          <DataTable
            label={t("nav.customFields")}
            rows={fields}
            columns={columns}
            sort="label"
            empty={
              <Empty icon={<TextCursorInput size={20} />} title={t("fields.emptyTitle")} action={create}>
                {t("fields.emptyText")}
              </Empty>
            }
            actions={(field) => (
              <RowMenu label={t("common.actionsFor", { name: field.label })}>
                <MenuItem icon={<Pencil size={14} />} onSelect={() => setEditing(field)}>
                  {t("common.edit")}
                </MenuItem>
                <MenuItem
                  icon={<Trash2 size={14} />}
                  danger
                  onSelect={() =>
                    void remove({
                      title: t("fields.deleteTitle", { name: field.label }),
                      text: t("fields.deleteText"),
                      keys: [["custom-fields"]],
                      run: () =>
                        answer(
                          api.DELETE("/api/v1/organizations/me/custom-fields/{task_custom_field_definition_id}", {
                            params: { path: { task_custom_field_definition_id: field.id } },
                          }),
                        ),
                    })
                  }
                >
                  {t("common.delete")}
                </MenuItem>
              </RowMenu>
            )}
          />
        )}
      </Loaded>
      {editing && <FieldForm field={editing === "new" ? undefined : editing} close={() => setEditing(undefined)} />}
    </Page>
  );
}
