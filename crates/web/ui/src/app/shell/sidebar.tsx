import { useQuery } from "@tanstack/react-query";
import {
  Activity,
  Blocks,
  Bot,
  Coins,
  Gauge,
  Inbox,
  KeyRound,
  ListChecks,
  ScrollText,
  Search,
  Server,
  ShieldCheck,
  Tags,
  TextCursorInput,
  Users,
  Wallet,
} from "lucide-react";
import * as queries from "@/api/queries";
import { t } from "@/i18n";
import { newsOf, useInbox } from "@/pages/inbox/items";
import { Kbd } from "@/ui/kbd";
import { useAccess } from "../access";
import { useWaiting } from "../title";
import { BoardNav } from "./board-nav";
import { Lines } from "./frame";
import { Group, Item } from "./nav-item";
import { OrganizationSwitcher } from "./organization-switcher";
import { UserMenu } from "./user-menu";

interface Props {
  search(): void;
  help(): void;
}

export function Sidebar({ search, help }: Props) {
  const { data: boards = [], isPending: readsBoards } = useQuery(queries.boards);
  const { isPending: readsMember } = useQuery(queries.member);
  const { isAdmin } = useAccess();
  const { items } = useInbox();
  const waiting = newsOf(items);
  useWaiting(waiting);
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
          <Item to="/inbox" icon={<Inbox size={16} />} count={waiting}>
            {t("nav.inbox")}
          </Item>
          <Item to="/dashboard" icon={<Gauge size={16} />}>
            {t("nav.dashboard")}
          </Item>
          <Item to="/activity" icon={<Activity size={16} />}>
            {t("nav.activity")}
          </Item>
          <Item to="/usage" icon={<Coins size={16} />}>
            {t("nav.usage")}
          </Item>
        </Group>
        {/* What comes in between would push away what is below it, so all of it comes at once. */}
        {readsBoards || readsMember ? (
          <div className="p-2">
            <Lines />
          </div>
        ) : (
          <>
            <BoardNav boards={boards} mayAdd={isAdmin} />
            {isAdmin && (
              <Group title={t("nav.fleet")}>
                <Item to="/agents" icon={<Bot size={16} />}>
                  {t("nav.agents")}
                </Item>
                <Item to="/gateways" icon={<Server size={16} />}>
                  {t("nav.gateways")}
                </Item>
                <Item to="/budgets" icon={<Wallet size={16} />}>
                  {t("nav.budgets")}
                </Item>
                <Item to="/exec-policies" icon={<ShieldCheck size={16} />}>
                  {t("nav.execPolicies")}
                </Item>
                <Item to="/jobs" icon={<ListChecks size={16} />}>
                  {t("nav.jobs")}
                </Item>
                <Item to="/skills" icon={<Blocks size={16} />}>
                  {t("nav.skills")}
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
              <Item to="/tokens" icon={<KeyRound size={16} />}>
                {t("nav.tokens")}
              </Item>
              {isAdmin && (
                <Item to="/audit" icon={<ScrollText size={16} />}>
                  {t("nav.audit")}
                </Item>
              )}
            </Group>
          </>
        )}
      </div>
      <div className="border-t border-line p-2.5">
        <UserMenu help={help} />
      </div>
    </nav>
  );
}
