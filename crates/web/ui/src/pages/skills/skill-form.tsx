import { reread } from "@/api/cache";
import { answer, api } from "@/api/client";
import { t } from "@/i18n/admin";
import { useEdits } from "@/ui/edits";
import { Field, Input, Textarea } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import type { Skill } from "./queries";

/** Puts a skill into the catalogue by hand, or changes what is said of one: it is known by its address. */
export default function SkillForm({ skill, close }: { skill?: Skill; close(): void }) {
  const edits = useEdits(`skill.${skill?.id ?? "new"}`, {
    source_url: skill?.source_url ?? "",
    name: skill?.name ?? "",
    description: skill?.description ?? "",
  });
  const [url, setUrl] = edits.bind("source_url");
  const [name, setName] = edits.bind("name");
  const [description, setDescription] = edits.bind("description");
  const form = useForm(async () => {
    const body = { source_url: url.trim(), name: name.trim() || null, description: description.trim() || null };
    await answer(api.POST("/api/v1/skills/marketplace", { body }));
    edits.forget();
    reread(["skills"]);
    close();
  });
  return (
    <FormDialog
      title={t(skill ? "ownSkills.edit" : "ownSkills.add")}
      description={t("ownSkills.text")}
      form={form}
      edits={edits}
      close={close}
      action={t("common.save")}
      ready={Boolean(url.trim())}
    >
      <Field label={t("ownSkills.url")} hint={t("ownSkills.urlHint")} error={form.fault("source_url")} required>
        <Input
          autoFocus={!skill}
          readOnly={skill !== undefined}
          type="url"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
      </Field>
      <Field label={t("common.name")} error={form.fault("name")}>
        <Input autoFocus={skill !== undefined} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t("common.description")} error={form.fault("description")}>
        <Textarea rows={3} value={description} onChange={(event) => setDescription(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
