import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Copy, Eye, Pencil, Plus, Trash2, Webhook as WebhookIcon } from "lucide-react";
import { useState } from "react";
import { remove } from "@/api/actions";
import { answer, api } from "@/api/client";
import * as queries from "@/api/queries";
import type { Board, Webhook } from "@/api/types";
import { t } from "@/i18n/more";
import { Badge } from "@/ui/badge";
import { Button, IconButton } from "@/ui/button";
import { copy } from "@/ui/copy";
import { MenuItem } from "@/ui/menu";
import { RowMenu } from "@/ui/row-menu";
import { Empty, Loaded } from "@/ui/states";
import { WebhookForm } from "./webhook-form";

export function webhookAddress(webhook: Webhook) {
  return webhook.endpoint_url ?? `${location.origin}${webhook.endpoint_path}`;
}

export function Webhooks({ board }: { board: Board }) {
  const query = useQuery(queries.webhooks(board.id));
  const navigate = useNavigate();
  const [editing, setEditing] = useState<Webhook | "new">();
  const copyAddress = (webhook: Webhook) => void copy(webhookAddress(webhook));
  const open = (webhook: Webhook) =>
    void navigate({ to: "/boards/$boardId/webhooks/$webhookId", params: { boardId: board.id, webhookId: webhook.id } });
  const create = (
    <Button onClick={() => setEditing("new")}>
      <Plus size={14} />
      {t("webhook.new")}
    </Button>
  );
  return (
    <>
      <Loaded query={query}>
        {(webhooks) =>
          webhooks.length === 0 ? (
            <div className="rounded-xl border border-line">
              <Empty icon={<WebhookIcon size={20} />} title={t("webhook.emptyTitle")} action={create}>
                {t("webhook.emptyText")}
              </Empty>
            </div>
          ) : (
            <>
              <ul className="mb-3 rounded-xl border border-line">
                {webhooks.map((webhook) => (
                  <li
                    key={webhook.id}
                    className="flex items-center gap-3 border-b border-line px-4 py-3 text-sm last:border-0"
                  >
                    <div className="min-w-0 flex-1">
                      <p className="line-clamp-2 font-medium">{webhook.description}</p>
                      <p className="truncate font-mono text-xs text-muted">{webhookAddress(webhook)}</p>
                    </div>
                    {!webhook.enabled && <Badge>{t("webhook.disabled")}</Badge>}
                    {webhook.has_secret && <Badge tone="ok">{t("webhook.signed")}</Badge>}
                    <IconButton
                      label={t("webhook.copy")}
                      icon={<Copy size={14} />}
                      onClick={() => copyAddress(webhook)}
                    />
                    <RowMenu label={t("common.actionsFor", { name: webhook.description })}>
                      <MenuItem icon={<Eye size={14} />} onSelect={() => open(webhook)}>
                        {t("webhook.payloads")}
                      </MenuItem>
                      <MenuItem icon={<Pencil size={14} />} onSelect={() => setEditing(webhook)}>
                        {t("common.edit")}
                      </MenuItem>
                      <MenuItem
                        icon={<Trash2 size={14} />}
                        danger
                        onSelect={() =>
                          void remove({
                            title: t("webhook.deleteTitle"),
                            text: t("webhook.deleteText"),
                            keys: [["board", board.id, "webhooks"]],
                            run: () =>
                              answer(
                                api.DELETE("/api/v1/boards/{board_id}/webhooks/{webhook_id}", {
                                  params: { path: { board_id: board.id, webhook_id: webhook.id } },
                                }),
                              ),
                          })
                        }
                      >
                        {t("common.delete")}
                      </MenuItem>
                    </RowMenu>
                  </li>
                ))}
              </ul>
              {create}
            </>
          )
        }
      </Loaded>
      {editing && (
        <WebhookForm
          board={board}
          webhook={editing === "new" ? undefined : editing}
          close={() => setEditing(undefined)}
        />
      )}
    </>
  );
}
