import { useQuery } from "@tanstack/react-query";
import { TextCursorInput } from "lucide-react";
import { useMemo } from "react";
import { remove } from "@/api/actions";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { CustomField } from "@/api/types";
import { useAccess } from "@/app/access";
import { type MessageKey, t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import type { Column } from "@/ui/data-table";
import { ListPage } from "@/ui/list-page";
import { FieldForm } from "./field-form";

export default function CustomFieldsPage() {
  const query = useQuery(queries.customFields);
  const { data: boards = [] } = useQuery(queries.boards);
  const { isAdmin } = useAccess();
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
  return (
    <ListPage
      title={t("nav.customFields")}
      query={query}
      columns={columns}
      sort="label"
      add={t("fields.new")}
      empty={{ icon: <TextCursorInput size={20} />, title: t("fields.emptyTitle"), text: t("fields.emptyText") }}
      readOnly={!isAdmin}
      nameOf={(field) => field.label}
      remove={(field) =>
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
      form={(field, close) => <FieldForm field={field} close={close} />}
    />
  );
}
