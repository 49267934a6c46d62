import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDown } from "lucide-react";

import * as queries from "@/api/queries";
import { t } from "@/i18n";
import { Avatar } from "@/ui/avatar";
import { lazily } from "@/ui/lazily";
import { OnDemandMenu } from "@/ui/on-demand-menu";

const OrganizationMenu = lazily(() => import("./organization-menu"));

export function OrganizationSwitcher() {
  const { data: organizations = [] } = useQuery(queries.organizations);
  const name = organizations.find(({ is_active }) => is_active)?.name ?? "";
  return (
    <OnDemandMenu
      menu={OrganizationMenu}
      trigger={
        <button type="button" className="flex h-9 items-center gap-2.5 rounded-lg px-1.5 text-left hover:bg-hover">
          <Avatar name={name || "·"} size={22} />
          <span className="sr-only">{t("common.organization")}</span>
          <span className="min-w-0 flex-1 truncate font-semibold">{name}</span>
          <ChevronsUpDown size={14} className="text-muted" />
        </button>
      }
    />
  );
}
