import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Copy, Webhook as WebhookIcon } from "lucide-react";
import { useState } from "react";
import { webhookPayloads } from "@/api/messages";
import * as queries from "@/api/queries";
import { t } from "@/i18n/more";
import { IconButton } from "@/ui/button";
import { copy } from "@/ui/copy";
import { Page } from "@/ui/page";
import { Pager } from "@/ui/pager";
import { Empty, Loaded } from "@/ui/states";
import { webhookAddress } from "../board-settings/webhooks";
import { Payload } from "./payload";

const route = getRouteApi("/boards/$boardId/webhooks/$webhookId");
const PAGE = 20;

/** What a webhook has received. */
export default function WebhookPage() {
  const { boardId: board_id, webhookId: webhook_id } = route.useParams();
  const [offset, setOffset] = useState(0);
  const { data: webhooks } = useQuery(queries.webhooks(board_id));
  const webhook = webhooks?.find(({ id }) => id === webhook_id);
  const query = useQuery(webhookPayloads(board_id, webhook_id, { limit: PAGE, offset }));
  const address = webhook ? webhookAddress(webhook) : "";
  return (
    <Page
      title={t("webhook.payloads")}
      description={webhook?.description}
      crumbs={
        <>
          <Link
            to="/boards/$boardId/settings"
            params={{ boardId: board_id }}
            className="rounded text-lg text-muted hover:text-fg"
          >
            {t("board.settings")}
          </Link>
          <span aria-hidden className="text-muted">
            /
          </span>
        </>
      }
    >
      <p className="mb-4 flex items-center gap-2 rounded-lg bg-sunken px-3 py-2 font-mono text-xs">
        <span className="min-w-0 flex-1 truncate">POST {address}</span>
        <IconButton label={t("webhook.copy")} icon={<Copy size={14} />} onClick={() => void copy(address)} />
      </p>
      <Loaded query={query}>
        {({ items, total }) =>
          total === 0 ? (
            <Empty icon={<WebhookIcon size={20} />} title={t("webhook.nothingTitle")}>
              {t("webhook.nothingText")}
            </Empty>
          ) : (
            <>
              <ul className="flex flex-col gap-2">
                {items.map((payload) => (
                  <li key={payload.id}>
                    <Payload payload={payload} />
                  </li>
                ))}
              </ul>
              <Pager offset={offset} size={PAGE} shown={items.length} total={total} go={setOffset} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
