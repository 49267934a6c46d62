import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Package, RefreshCw } from "lucide-react";
import { useMemo } from "react";
import { remove } from "@/api/actions";
import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import { t } from "@/i18n/more";
import type { Column } from "@/ui/data-table";
import { useEdits } from "@/ui/edits";
import { Field, Input, Textarea } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { ListPage } from "@/ui/list-page";
import { MenuItem } from "@/ui/menu";
import { Time } from "@/ui/time";
import { toast } from "@/ui/toast";
import { type Pack, packs } from "./queries";

/** Reads the pack's repository, and says what came of it. */
async function sync(pack: Pack) {
  try {
    const result = await answer(
      api.POST("/api/v1/skills/packs/{pack_id}/sync", { params: { path: { pack_id: pack.id } } }),
    );
    const warnings = "warnings" in result ? (result.warnings ?? []) : [];
    const text = t("skills.synced", { name: pack.name });
    if (warnings.length > 0) toast.info(text, warnings.join(" "));
    else toast.ok(text);
  } catch (error) {
    toast.error(error);
  }
  reread(["skill_packs"]);
  reread(["skills"]);
}

export default function PacksPage() {
  const query = useQuery(packs);
  const columns = useMemo<Column<Pack>[]>(
    () => [
      {
        id: "name",
        header: t("common.name"),
        value: (pack) => pack.name,
        cell: (pack) => (
          <>
            <p className="font-medium">{pack.name}</p>
            <p className="truncate font-mono text-xs text-muted">{pack.source_url}</p>
          </>
        ),
      },
      { id: "branch", header: t("skills.branch"), wide: true, value: (pack) => pack.branch },
      {
        id: "skills",
        header: t("nav.skills"),
        value: (pack) => pack.skill_count,
        cell: (pack) => (
          <Link to="/skills" search={{ pack: pack.id }} className="rounded text-accent-text hover:underline">
            {pack.skill_count}
          </Link>
        ),
      },
      {
        id: "updated",
        header: t("common.updated"),
        wide: true,
        value: (pack) => pack.updated_at,
        cell: (pack) => <Time at={pack.updated_at} className="text-muted" />,
      },
    ],
    [],
  );
  return (
    <ListPage
      title={t("nav.skillPacks")}
      crumbs={
        <>
          <Link to="/skills" className="rounded text-lg text-muted hover:text-fg">
            {t("nav.skills")}
          </Link>
          <span aria-hidden className="text-muted">
            /
          </span>
        </>
      }
      query={query}
      columns={columns}
      sort="name"
      add={t("skills.addPack")}
      empty={{ icon: <Package size={20} />, title: t("skills.noPacks"), text: t("skills.noPacksText") }}
      nameOf={(pack) => pack.name}
      items={(pack) => (
        <MenuItem icon={<RefreshCw size={14} />} onSelect={() => void sync(pack)}>
          {t("skills.sync")}
        </MenuItem>
      )}
      remove={(pack) =>
        void remove({
          title: t("skills.deleteTitle", { name: pack.name }),
          text: t("skills.deleteText"),
          keys: [["skill_packs"]],
          run: () => answer(api.DELETE("/api/v1/skills/packs/{pack_id}", { params: { path: { pack_id: pack.id } } })),
        })
      }
      form={(pack, close) => <PackForm pack={pack} close={close} />}
    />
  );
}

function PackForm({ pack, close }: { pack?: Pack; close(): void }) {
  const edits = useEdits(`skill-pack.${pack?.id ?? "new"}`, {
    source_url: pack?.source_url ?? "",
    branch: pack?.branch ?? "main",
    name: pack?.name ?? "",
    description: pack?.description ?? "",
  });
  const [url, setUrl] = edits.bind("source_url");
  const [branch, setBranch] = edits.bind("branch");
  const [name, setName] = edits.bind("name");
  const [description, setDescription] = edits.bind("description");
  const form = useForm(async () => {
    const body = {
      source_url: url.trim(),
      branch: branch.trim() || "main",
      name: name.trim() || null,
      description: description.trim() || null,
      ...(pack?.metadata ? { metadata: pack.metadata as Record<string, unknown> } : {}),
    };
    const saved = pack
      ? await answer(api.PATCH("/api/v1/skills/packs/{pack_id}", { params: { path: { pack_id: pack.id } }, body }))
      : await answer(api.POST("/api/v1/skills/packs", { body }));
    edits.forget();
    reread(["skill_packs"]);
    close();
    if (!pack) void sync(saved);
  });
  return (
    <FormDialog
      title={t(pack ? "skills.editPack" : "skills.addPack")}
      description={t("skills.packText")}
      form={form}
      edits={edits}
      close={close}
      action={t("common.save")}
      ready={Boolean(url.trim())}
    >
      <Field label={t("skills.url")} hint={t("skills.urlHint")} error={form.fault("source_url")} required>
        <Input autoFocus type="url" value={url} onChange={(event) => setUrl(event.target.value)} />
      </Field>
      <div className="grid gap-3.5 sm:grid-cols-2">
        <Field label={t("skills.branch")} error={form.fault("branch")}>
          <Input value={branch} onChange={(event) => setBranch(event.target.value)} />
        </Field>
        <Field label={t("common.name")} error={form.fault("name")}>
          <Input value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
      </div>
      <Field label={t("common.description")}>
        <Textarea rows={2} value={description} onChange={(event) => setDescription(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
