import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import { t } from "@/i18n";
import { Avatar } from "@/ui/avatar";
import { useEdits } from "@/ui/edits";
import { Field, Input } from "@/ui/field";
import { FormDialog, useForm } from "@/ui/form";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/menu";
import type { MenuOnDemandProps } from "@/ui/on-demand-menu";
import { toast } from "@/ui/toast";
import { switchOrganization } from "../session";

/** Goes on in another organization, from its dashboard. */
function useGoTo() {
  const router = useRouter();
  return async (id: string) => {
    await switchOrganization(id);
    await router.navigate({ to: "/dashboard" });
  };
}

export default function OrganizationMenu(menu: MenuOnDemandProps) {
  const { data: organizations = [] } = useQuery(queries.organizations);
  const goTo = useGoTo();
  const [creating, setCreating] = useState(false);
  return (
    <>
      <Menu {...menu}>
        <MenuLabel>{t("nav.organizations")}</MenuLabel>
        {organizations.map(({ id, name, is_active }) => (
          <MenuItem
            key={id}
            checked={is_active}
            onSelect={() => void (is_active || goTo(id).catch(toast.error))}
            icon={<Avatar name={name} size={16} />}
          >
            {name}
          </MenuItem>
        ))}
        <MenuLine />
        <MenuItem icon={<Plus size={14} />} onSelect={() => setCreating(true)}>
          {t("organization.new")}
        </MenuItem>
      </Menu>
      {creating && <NewOrganization close={() => setCreating(false)} />}
    </>
  );
}

function NewOrganization({ close }: { close(): void }) {
  const goTo = useGoTo();
  const edits = useEdits("organization.new", { name: "" });
  const [name, setName] = edits.bind("name");
  const form = useForm(async () => {
    const made = await answer(api.POST("/api/v1/organizations", { body: { name: name.trim() } }));
    edits.forget();
    close();
    await goTo(made.id);
  });
  return (
    <FormDialog
      title={t("organization.new")}
      description={t("organization.newText")}
      form={form}
      edits={edits}
      close={close}
      action={t("common.create")}
      ready={Boolean(name.trim())}
    >
      <Field label={t("common.name")} error={form.fault("name")} required>
        <Input autoFocus value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
