import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import * as queries from "@/api/queries";
import { t } from "@/i18n";
import { Avatar } from "@/ui/avatar";
import { lazily } from "@/ui/lazily";
import { type MenuOnDemandProps, OnDemandMenu } from "@/ui/on-demand-menu";

const Items = lazily(() => import("./user-menu-items"));

export function UserMenu({ help }: { help(): void }) {
  const { data: user } = useQuery(queries.me);
  const name = user?.preferred_name || user?.name || user?.email || "";
  const menu = useMemo(() => (props: MenuOnDemandProps) => <Items {...props} help={help} />, [help]);
  return (
    <OnDemandMenu
      menu={menu}
      trigger={
        <button
          type="button"
          className="flex h-9 w-full items-center gap-2.5 rounded-lg px-1.5 text-left hover:bg-hover"
        >
          <Avatar name={name || "·"} size={22} />
          <span className="min-w-0 flex-1 truncate text-sm">{name}</span>
          <span className="sr-only">{t("nav.menu")}</span>
        </button>
      }
    />
  );
}
