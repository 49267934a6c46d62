import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { attempt } from "@/api/actions";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { ApiToken, Board } from "@/api/types";
import { t } from "@/i18n/admin";
import { Badge, type Tone } from "@/ui/badge";
import { Button } from "@/ui/button";
import { confirm } from "@/ui/confirm";
import { type Column, DataTable } from "@/ui/data-table";
import { Empty } from "@/ui/states";
import { parseTime, Time, useNow } from "@/ui/time";

const TONES = { read: "idle", write: "info", admin: "warn" } satisfies Record<string, Tone>;

/** How much a token may. A newer server may have scopes that we do not know. */
function Scope({ of }: { of: string }) {
  const known = (Object.keys(TONES) as (keyof typeof TONES)[]).find((scope) => scope === of);
  return <Badge tone={known && TONES[known]}>{known ? t(`tokenScope.${known}`) : of}</Badge>;
}

interface Props {
  tokens: ApiToken[];
  /** The person. */
  me: string | undefined;
  /** Say whose they are. */
  whose?: boolean;
  /** A way to make the first one. */
  create?: ReactNode;
}

/** Tokens with what they open, and when they were used last. */
export function TokenTable({ tokens, me, whose, create }: Props) {
  const { data: boards = [] } = useQuery(queries.boards);
  const now = useNow();
  const columns = useMemo<Column<ApiToken>[]>(() => {
    const name: Column<ApiToken> = {
      id: "name",
      header: t("common.name"),
      value: (token) => token.name,
      cell: (token) => (
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{token.name}</span>
          <Scope of={token.scope} />
        </span>
      ),
    };
    const owner: Column<ApiToken> = {
      id: "owner",
      header: t("tokens.owner"),
      value: (token) => token.user_name,
      cell: (token) => (
        <span className="flex items-center gap-2">
          <span className="truncate">{token.user_id === me ? t("common.you") : token.user_name}</span>
          {token.is_service_account && <Badge>{t("tokens.program")}</Badge>}
        </span>
      ),
    };
    return [
      name,
      ...(whose ? [owner] : []),
      { id: "boards", header: t("nav.boards"), wide: true, value: (token) => boardsOf(token, boards) },
      {
        id: "used",
        header: t("tokens.used"),
        value: (token) => token.last_used_at ?? "",
        cell: (token) =>
          token.last_used_at ? (
            <span className="text-muted">
              <Time at={token.last_used_at} />
              {token.last_used_address && <span className="max-lg:hidden"> · {token.last_used_address}</span>}
            </span>
          ) : (
            <span className="text-muted">{t("tokens.never")}</span>
          ),
      },
      {
        id: "ends",
        header: t("tokens.ends"),
        value: (token) => token.expires_at ?? "9",
        cell: (token) => <End at={token.expires_at} now={now} />,
      },
    ];
  }, [boards, me, whose, now]);
  return (
    <DataTable
      label={t("nav.tokens")}
      rows={tokens}
      columns={columns}
      empty={
        <div className="rounded-xl border border-line">
          <Empty icon={<KeyRound size={20} />} title={t("tokens.none")} action={create}>
            {t("tokens.noneText")}
          </Empty>
        </div>
      }
      actions={(token) => (
        <Button
          size="sm"
          aria-label={t("tokens.revokeNamed", { name: token.name })}
          onClick={() => void revoke(token, whose ? token.user_name : undefined)}
        >
          {t("tokens.revoke")}
        </Button>
      )}
    />
  );
}

function End({ at, now }: { at: string | null | undefined; now: number }) {
  if (!at) return <span className="text-muted">{t("tokens.noEnd")}</span>;
  if (parseTime(at).getTime() <= now) return <Badge tone="bad">{t("tokens.ended")}</Badge>;
  return <Time at={at} className="text-muted" />;
}

function boardsOf({ board_ids }: ApiToken, boards: Board[]): string {
  if (!board_ids) return t("nav.allBoards");
  const names = board_ids.flatMap((id) => boards.find((board) => board.id === id)?.name ?? []);
  const shown = names.slice(0, 2);
  const more = board_ids.length - shown.length;
  return [...shown, ...(more > 0 ? [t("tokens.more", { count: more })] : [])].join(", ");
}

async function revoke({ id: token_id, name, last_used_at }: ApiToken, owner?: string) {
  const sure = await confirm({
    title: t("tokens.revokeTitle", { name }),
    text: [
      owner && t("tokens.revokeOwner", { name: owner }),
      t(last_used_at ? "tokens.revokeText" : "tokens.revokeUnused"),
    ]
      .filter(Boolean)
      .join(" "),
    action: t("tokens.revoke"),
  });
  if (!sure) return;
  await attempt(
    () => answer(api.DELETE("/api/v1/tokens/{token_id}", { params: { path: { token_id } } })),
    t("tokens.revoked", { name }),
    [["api_tokens"]],
  );
}
