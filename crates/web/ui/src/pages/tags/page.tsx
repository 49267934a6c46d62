import { useQuery } from "@tanstack/react-query";
import { Tags as TagsIcon } from "lucide-react";
import { useMemo } from "react";
import { remove } from "@/api/actions";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { Tag } from "@/api/types";
import { useAccess } from "@/app/access";
import { t } from "@/i18n/more";
import type { Column } from "@/ui/data-table";
import { only, useEdits } from "@/ui/edits";
import { Field, Input, Textarea } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { ListPage } from "@/ui/list-page";
import { Time } from "@/ui/time";

export default function TagsPage() {
  const query = useQuery(queries.tags);
  const { isAdmin } = useAccess();
  const columns = useMemo<Column<Tag>[]>(
    () => [
      {
        id: "name",
        header: t("common.name"),
        value: (tag) => tag.name,
        cell: (tag) => (
          <span className="flex items-center gap-2.5">
            <span aria-hidden className="size-3 rounded-full" style={{ backgroundColor: `#${tag.color}` }} />
            <span className="font-medium">{tag.name}</span>
          </span>
        ),
      },
      {
        id: "slug",
        header: t("tags.slug"),
        wide: true,
        value: (tag) => tag.slug,
        cell: (tag) => <code className="text-xs text-muted">{tag.slug}</code>,
      },
      { id: "description", header: t("common.description"), wide: true, value: (tag) => tag.description ?? "" },
      { id: "tasks", header: t("tags.tasks"), value: (tag) => tag.task_count },
      {
        id: "updated",
        header: t("common.updated"),
        value: (tag) => tag.updated_at,
        cell: (tag) => <Time at={tag.updated_at} className="whitespace-nowrap text-muted" />,
      },
    ],
    [],
  );
  return (
    <ListPage
      title={t("nav.tags")}
      query={query}
      columns={columns}
      sort="name"
      add={t("tags.new")}
      empty={{ icon: <TagsIcon size={20} />, title: t("tags.emptyTitle"), text: t("tags.emptyText") }}
      readOnly={!isAdmin}
      nameOf={(tag) => tag.name}
      remove={(tag) =>
        void remove({
          title: t("tags.deleteTitle", { name: tag.name }),
          text: t("tags.deleteText", { count: tag.task_count }),
          keys: [["tags"]],
          run: () => answer(api.DELETE("/api/v1/tags/{tag_id}", { params: { path: { tag_id: tag.id } } })),
        })
      }
      form={(tag, close) => <TagForm tag={tag} close={close} />}
    />
  );
}

const COLORS = ["4f46e5", "0f766e", "b45309", "be185d", "1d4ed8", "6d28d9", "15803d", "dc2626", "64748b"];

function TagForm({ tag, close }: { tag?: Tag; close(): void }) {
  const edits = useEdits(`tag.${tag?.id ?? "new"}`, {
    name: tag?.name ?? "",
    color: tag?.color ?? COLORS[0] ?? "",
    slug: tag?.slug ?? "",
    description: tag?.description ?? "",
  });
  const [name, setName] = edits.bind("name");
  const [color, setColor] = edits.bind("color");
  const [slug, setSlug] = edits.bind("slug");
  const [description, setDescription] = edits.bind("description");
  const form = useForm(async () => {
    const body = {
      name: name.trim(),
      color,
      description: description.trim() || null,
      ...(slug.trim() ? { slug: slug.trim() } : {}),
    };
    if (tag) {
      const path = { tag_id: tag.id };
      await answer(api.PATCH("/api/v1/tags/{tag_id}", { params: { path }, body: only(body, edits.changed) }));
    } else await answer(api.POST("/api/v1/tags", { body }));
    edits.forget();
    reread(["tags"]);
    close();
  });
  return (
    <FormDialog
      title={t(tag ? "tags.edit" : "tags.new")}
      form={form}
      edits={edits}
      close={close}
      action={t("common.save")}
      ready={Boolean(name.trim())}
    >
      <Field label={t("common.name")} error={form.fault("name")} required>
        <Input autoFocus value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">{t("tags.color")}</legend>
        <div className="flex flex-wrap items-center gap-2">
          {COLORS.map((choice) => (
            <button
              key={choice}
              type="button"
              aria-label={`#${choice}`}
              aria-pressed={choice === color}
              onClick={() => setColor(choice)}
              className="size-7 rounded-full border-2 border-transparent aria-pressed:border-fg"
              style={{ backgroundColor: `#${choice}` }}
            />
          ))}
          <input
            type="color"
            aria-label={t("tags.ownColor")}
            value={`#${color}`}
            onChange={(event) => setColor(event.target.value.slice(1))}
            className="h-8 w-10 rounded border border-line bg-surface"
          />
        </div>
      </fieldset>
      <Field label={t("tags.slug")} hint={t("tags.slugHint")} error={form.fault("slug")}>
        <Input value={slug} onChange={(event) => setSlug(event.target.value)} />
      </Field>
      <Field label={t("common.description")}>
        <Textarea rows={2} value={description} onChange={(event) => setDescription(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
