import { useQuery } from "@tanstack/react-query";
import { Bot, KeyRound, Pencil, Plus, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { remove } from "@/api/actions";
import { answer, api } from "@/api/client";
import { serviceAccounts } from "@/api/tokens";
import type { ApiToken, Member } from "@/api/types";
import { useAccess } from "@/app/access";
import { type MessageKey, t } from "@/i18n/admin";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { type Column, DataTable } from "@/ui/data-table";
import { MenuItem } from "@/ui/menu";
import { Section } from "@/ui/page";
import { RowMenu } from "@/ui/row-menu";
import { Empty, Loaded } from "@/ui/states";
import { Time } from "@/ui/time";
import { AccessForm } from "../organization/access-form";
import { accessOf } from "../organization/access-of";
import { memberName } from "../organization/member-name";
import { AccountForm } from "./account-form";

interface Props {
  tokens: ApiToken[];
  /** Makes a token for an account. */
  make(account: Member): void;
}

/** Members that nobody signs in as: programs that go on when a person leaves. */
export function ServiceAccounts({ tokens, make }: Props) {
  const query = useQuery(serviceAccounts);
  const { isOwner } = useAccess();
  const [creating, setCreating] = useState(false);
  const [editing, setEditing] = useState<Member>();
  const columns = useMemo<Column<Member>[]>(
    () => [
      {
        id: "name",
        header: t("common.name"),
        value: memberName,
        cell: (account) => <span className="font-medium">{memberName(account)}</span>,
      },
      {
        id: "role",
        header: t("organization.role"),
        value: (account) => account.role,
        cell: (account) => <Badge>{t(`role.${account.role}` as MessageKey)}</Badge>,
      },
      { id: "access", header: t("organization.access"), wide: true, value: accessOf },
      {
        id: "tokens",
        header: t("nav.tokens"),
        value: (account) => tokens.filter(({ member_id }) => member_id === account.id).length,
      },
      {
        id: "since",
        header: t("common.created"),
        wide: true,
        value: (account) => account.created_at,
        cell: (account) => <Time at={account.created_at} className="text-muted" />,
      },
    ],
    [tokens],
  );
  const create = (
    <Button size="sm" onClick={() => setCreating(true)}>
      <Plus size={14} />
      {t("accounts.new")}
    </Button>
  );
  const leave = (account: Member) =>
    remove({
      title: t("organization.removeTitle", { name: memberName(account) }),
      text: t("accounts.removeText"),
      keys: [["members"], ["api_tokens"]],
      run: () =>
        answer(
          api.DELETE("/api/v1/organizations/me/members/{member_id}", { params: { path: { member_id: account.id } } }),
        ),
    });
  return (
    <Section title={t("accounts.title")} actions={create}>
      <p className="mb-3 text-sm text-muted">{t("accounts.text")}</p>
      <Loaded query={query}>
        {(accounts) => (
          <DataTable
            label={t("accounts.title")}
            rows={accounts}
            columns={columns}
            sort="name"
            empty={
              <div className="rounded-xl border border-line">
                <Empty icon={<Bot size={20} />} title={t("accounts.none")} action={create}>
                  {t("accounts.noneText")}
                </Empty>
              </div>
            }
            actions={(account) => (
              <RowMenu label={t("common.actionsFor", { name: memberName(account) })}>
                <MenuItem icon={<KeyRound size={14} />} onSelect={() => make(account)}>
                  {t("tokens.new")}
                </MenuItem>
                <MenuItem icon={<Pencil size={14} />} onSelect={() => setEditing(account)}>
                  {t("organization.manage")}
                </MenuItem>
                <MenuItem
                  icon={<Trash2 size={14} />}
                  danger
                  disabled={account.role === "owner" && !isOwner}
                  onSelect={() => void leave(account)}
                >
                  {t("organization.remove")}
                </MenuItem>
              </RowMenu>
            )}
          />
        )}
      </Loaded>
      {creating && <AccountForm close={() => setCreating(false)} made={make} />}
      {editing && <AccessForm member={editing} close={() => setEditing(undefined)} />}
    </Section>
  );
}
