import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { UserPlus, Users } from "lucide-react";
import { useMemo, useState } from "react";
import { attempt, remove } from "@/api/actions";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { Invite, Member } from "@/api/types";
import { useAccess } from "@/app/access";
import { switchOrganization } from "@/app/session";
import { type MessageKey, t } from "@/i18n/more";
import { Avatar } from "@/ui/avatar";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { type Column, DataTable } from "@/ui/data-table";
import { MenuItem } from "@/ui/menu";
import { Page, Section } from "@/ui/page";
import { RowMenu } from "@/ui/row-menu";
import { Empty, Loaded } from "@/ui/states";
import { Time } from "@/ui/time";
import { toast } from "@/ui/toast";
import { AccessForm } from "./access-form";
import { accessOf } from "./access-of";
import { InviteForm } from "./invite-form";
import { memberName } from "./member-name";
import { offerReset, ResetLink, type ResetOffer } from "./reset-link";

export default function OrganizationPage() {
  const members = useQuery(queries.members);
  const { isAdmin, isOwner } = useAccess();
  const { data: organizations = [] } = useQuery(queries.organizations);
  const { data: me } = useQuery(queries.member);
  const active = organizations.find((organization) => organization.is_active);
  const [inviting, setInviting] = useState(false);
  const [editing, setEditing] = useState<Member>();
  const [reset, setReset] = useState<ResetOffer>();
  const { data: ways } = useQuery(queries.ways);
  const columns = useMemo<Column<Member>[]>(
    () => [
      {
        id: "name",
        header: t("common.name"),
        value: memberName,
        cell: (member) => (
          <span className="flex items-center gap-2.5">
            <Avatar name={memberName(member)} size={24} />
            <span className="min-w-0">
              <span className="block truncate font-medium">{memberName(member)}</span>
              <span className="block truncate text-xs text-muted">{member.user?.email}</span>
            </span>
          </span>
        ),
      },
      {
        id: "role",
        header: t("organization.role"),
        value: (member) => member.role,
        cell: (member) => (
          <Badge tone={member.role === "owner" ? "accent" : "idle"}>{t(`role.${member.role}` as MessageKey)}</Badge>
        ),
      },
      { id: "access", header: t("organization.access"), wide: true, value: accessOf },
      {
        id: "since",
        header: t("organization.since"),
        wide: true,
        value: (member) => member.created_at,
        cell: (member) => <Time at={member.created_at} className="text-muted" />,
      },
    ],
    [],
  );
  const router = useRouter();
  const leave = async () => {
    const gone = await remove({
      title: t("organization.deleteTitle", { name: active?.name ?? "" }),
      text: t("organization.deleteText"),
      typed: active?.name,
      keys: [],
      run: () => answer(api.DELETE("/api/v1/organizations/me")),
    });
    const next = organizations.find(({ id }) => id !== active?.id);
    if (!gone) return;
    if (next) await switchOrganization(next.id);
    await router.navigate({ to: "/dashboard" });
  };
  return (
    <Page
      title={t("nav.members")}
      description={active?.name}
      actions={
        isAdmin && (
          <Button look="primary" onClick={() => setInviting(true)}>
            <UserPlus size={15} />
            {t("organization.invite")}
          </Button>
        )
      }
    >
      <Loaded query={members}>
        {(list) => (
          <DataTable
            label={t("nav.members")}
            rows={list}
            columns={columns}
            sort="name"
            empty={<Empty icon={<Users size={20} />} title={t("common.nothingFound")} />}
            actions={
              isAdmin
                ? (member) => (
                    <RowMenu label={t("common.actionsFor", { name: memberName(member) })}>
                      <MenuItem onSelect={() => setEditing(member)}>{t("organization.manage")}</MenuItem>
                      {ways?.accounts && (
                        <MenuItem
                          disabled={member.id === me?.id}
                          onSelect={() => void offerReset(member).then(setReset).catch(toast.error)}
                        >
                          {t("account.offerReset")}
                        </MenuItem>
                      )}
                      <MenuItem
                        danger
                        disabled={member.id === me?.id || (member.role === "owner" && !isOwner)}
                        onSelect={() =>
                          void remove({
                            title: t("organization.removeTitle", { name: memberName(member) }),
                            text: t("organization.removeText"),
                            keys: [["members"]],
                            run: () =>
                              answer(
                                api.DELETE("/api/v1/organizations/me/members/{member_id}", {
                                  params: { path: { member_id: member.id } },
                                }),
                              ),
                          })
                        }
                      >
                        {t("organization.remove")}
                      </MenuItem>
                    </RowMenu>
                  )
                : undefined
            }
          />
        )}
      </Loaded>
      {isAdmin && <Invites />}
      {isOwner && organizations.length > 1 && (
        <Section title={t("common.danger")}>
          <p className="mb-3 text-sm text-muted">{t("organization.deleteText")}</p>
          <Button look="danger" onClick={() => void leave()}>
            {t("organization.delete")}
          </Button>
        </Section>
      )}
      {inviting && <InviteForm close={() => setInviting(false)} />}
      {reset && <ResetLink offer={reset} close={() => setReset(undefined)} />}
      {editing && <AccessForm member={editing} close={() => setEditing(undefined)} />}
    </Page>
  );
}

function Invites() {
  const { data: invites = [] } = useQuery(queries.invites);
  const open = invites.filter(({ accepted_at }) => !accepted_at);
  if (open.length === 0) return null;
  const revoke = (invite: Invite) =>
    attempt(
      () =>
        answer(
          api.DELETE("/api/v1/organizations/me/invites/{invite_id}", { params: { path: { invite_id: invite.id } } }),
        ),
      t("organization.revoked"),
      [["invites"]],
    );
  return (
    <div className="mt-8">
      <Section title={t("organization.invites")}>
        <ul className="rounded-xl border border-line">
          {open.map((invite) => (
            <li
              key={invite.id}
              className="flex items-center gap-3 border-b border-line px-4 py-2.5 text-sm last:border-0"
            >
              <span className="min-w-0 flex-1 truncate font-medium">{invite.invited_email}</span>
              <Badge>{t(`role.${invite.role}` as MessageKey)}</Badge>
              <span className="text-xs text-muted">
                {t("organization.expires")} <Time at={invite.expires_at} />
              </span>
              <Button size="sm" onClick={() => void revoke(invite)}>
                {t("organization.revoke")}
              </Button>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
