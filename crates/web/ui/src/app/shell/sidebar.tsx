import { useQuery } from "@tanstack/react-query";
import { Link, type LinkProps } from "@tanstack/react-router";
import clsx from "clsx";
import {
  Activity,
  Blocks,
  Bot,
  FolderTree,
  Gauge,
  Inbox,
  LayoutGrid,
  ListChecks,
  Plus,
  Search,
  Server,
  SquareKanban,
  Tags,
  TextCursorInput,
  Users,
} from "lucide-react";
import type { ReactNode } from "react";
import * as queries from "@/api/queries";
import { t } from "@/i18n";
import { useInbox } from "@/pages/inbox/items";
import { Count } from "@/ui/badge";
import { IconButton } from "@/ui/button";
import { Kbd } from "@/ui/kbd";
import { useAccess } from "../access";
import { useWaiting } from "../title";
import { OrganizationSwitcher } from "./organization-switcher";
import { UserMenu } from "./user-menu";

interface Props {
  search(): void;
  help(): void;
}

export function Sidebar({ search, help }: Props) {
  const { data: boards = [] } = useQuery(queries.boards);
  const { isAdmin } = useAccess();
  const { items } = useInbox();
  useWaiting(items.length);
  return (
    <nav aria-label={t("nav.title")} className="flex h-full flex-col">
      <div className="flex flex-col gap-1.5 px-2.5 pb-1 pt-2.5">
        <OrganizationSwitcher />
        <button
          type="button"
          onClick={search}
          className="flex h-8 items-center gap-2 rounded-lg border border-line bg-surface px-2.5 text-sm text-muted shadow-1 hover:border-line-strong"
        >
          <Search size={14} />
          <span className="min-w-0 flex-1 truncate text-left">{t("nav.search")}</span>
          <Kbd keys="mod+k" />
        </button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2.5 py-1.5">
        <Group>
          <Item to="/inbox" icon={<Inbox size={16} />} count={items.length}>
            {t("nav.inbox")}
          </Item>
          <Item to="/dashboard" icon={<Gauge size={16} />}>
            {t("nav.dashboard")}
          </Item>
          <Item to="/activity" icon={<Activity size={16} />}>
            {t("nav.activity")}
          </Item>
        </Group>
        <Group
          title={t("nav.boards")}
          action={
            isAdmin && (
              <Link to="/boards/new" tabIndex={-1}>
                <IconButton label={t("boards.new")} icon={<Plus size={14} />} className="!size-6" />
              </Link>
            )
          }
        >
          <Item to="/boards" exact icon={<LayoutGrid size={16} />}>
            {t("nav.allBoards")}
          </Item>
          {boards.map((board) => (
            <Item key={board.id} to="/boards/$boardId" params={{ boardId: board.id }} icon={<SquareKanban size={16} />}>
              {board.name}
            </Item>
          ))}
          <Item to="/groups" icon={<FolderTree size={16} />}>
            {t("nav.groups")}
          </Item>
        </Group>
        {isAdmin && (
          <Group title={t("nav.fleet")}>
            <Item to="/agents" icon={<Bot size={16} />}>
              {t("nav.agents")}
            </Item>
            <Item to="/gateways" icon={<Server size={16} />}>
              {t("nav.gateways")}
            </Item>
            <Item to="/jobs" icon={<ListChecks size={16} />}>
              {t("nav.jobs")}
            </Item>
            <Item to="/skills" icon={<Blocks size={16} />}>
              {t("skills.title")}
            </Item>
          </Group>
        )}
        <Group title={t("nav.organization")}>
          <Item to="/organization" icon={<Users size={16} />}>
            {t("nav.members")}
          </Item>
          <Item to="/tags" icon={<Tags size={16} />}>
            {t("nav.tags")}
          </Item>
          {isAdmin && (
            <Item to="/custom-fields" icon={<TextCursorInput size={16} />}>
              {t("nav.customFields")}
            </Item>
          )}
        </Group>
      </div>
      <div className="border-t border-line p-2.5">
        <UserMenu help={help} />
      </div>
    </nav>
  );
}

function Group({ title, action, children }: { title?: string; action?: ReactNode; children: ReactNode }) {
  return (
    <div className="mb-3">
      {title && (
        <div className="flex h-7 items-center justify-between pl-2 text-xs font-medium text-muted">
          <h2 className="font-medium tracking-normal">{title}</h2>
          {action}
        </div>
      )}
      <ul className="flex flex-col gap-px">{children}</ul>
    </div>
  );
}

interface ItemProps {
  to: LinkProps["to"];
  params?: LinkProps["params"];
  icon: ReactNode;
  children: ReactNode;
  count?: number;
  exact?: boolean;
}

function Item({ to, params, icon, children, count, exact }: ItemProps) {
  return (
    <li>
      <Link
        to={to}
        params={params}
        activeOptions={{ exact: exact ?? false, includeSearch: false }}
        className={clsx(
          "flex h-7.5 items-center gap-2.5 rounded-md px-2 text-sm text-fg/85 hover:bg-hover pointer-coarse:h-10",
          "[&.active]:bg-hover [&.active]:font-medium [&.active]:text-fg [&_svg]:text-muted [&.active_svg]:text-accent-text",
        )}
      >
        {icon}
        <span className="min-w-0 flex-1 truncate">{children}</span>
        {count ? <Count n={count} tone="accent" /> : null}
      </Link>
    </li>
  );
}
