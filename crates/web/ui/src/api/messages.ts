import { queryOptions } from "@tanstack/react-query";
import { RECOUNT_MS, reread } from "./cache";
import { answer, api } from "./client";
import { queryClient } from "./query-client";
import type { AgentMessage, MessageState, Page, WebhookPayload } from "./types";

const AT_GATEWAYS = "gateway-messages";

export interface MessageFilter {
  state?: MessageState;
  limit: number;
  offset: number;
}

/** What was said to an agent, newest first. */
export const agentMessages = (agent_id: string, query: MessageFilter) =>
  queryOptions({
    queryKey: ["agent", agent_id, "messages", query],
    queryFn: ({ signal }): Promise<Page<AgentMessage>> =>
      answer(api.GET("/api/v1/agents/{agent_id}/messages", { params: { path: { agent_id }, query }, signal })),
  });

/** What was said to the agents of a gateway, newest first. */
export const gatewayMessages = (gateway_id: string, query: MessageFilter) =>
  queryOptions({
    queryKey: [AT_GATEWAYS, gateway_id, query],
    queryFn: ({ signal }): Promise<Page<AgentMessage>> =>
      answer(api.GET("/api/v1/gateways/{gateway_id}/messages", { params: { path: { gateway_id }, query }, signal })),
  });

/** Has something said once more: it arrived and nothing came of it, or it was given up. */
export async function repeatMessage(gateway_id: string, { id: message_id }: AgentMessage) {
  const path = { gateway_id, message_id };
  applyMessage(
    await answer(api.POST("/api/v1/gateways/{gateway_id}/messages/{message_id}/repeat", { params: { path } })),
  );
}

/** What a webhook received, newest first. */
export const webhookPayloads = (board_id: string, webhook_id: string, query: { limit: number; offset: number }) =>
  queryOptions({
    queryKey: ["board", board_id, "webhooks", webhook_id, query],
    queryFn: ({ signal }): Promise<Page<WebhookPayload>> =>
      answer(
        api.GET("/api/v1/boards/{board_id}/webhooks/{webhook_id}/payloads", {
          params: { path: { board_id, webhook_id }, query },
          signal,
        }),
      ),
  });

/** Takes a message, and how far it got, into what is shown. */
export function applyMessage(news: AgentMessage) {
  const { id, agent_id, board_id, text: _, ...steps } = news;
  for (const queryKey of [["agent", agent_id, "messages"], [AT_GATEWAYS]]) {
    queryClient.setQueriesData<Page<AgentMessage>>(
      { queryKey },
      (page) =>
        // The event has only the beginning of the text.
        page && { ...page, items: page.items.map((known) => (known.id === id ? { ...known, ...steps } : known)) },
    );
  }
  // Which filters it fits, the server knows.
  reread(["agent", agent_id, "messages"], RECOUNT_MS);
  reread([AT_GATEWAYS], RECOUNT_MS);
  reread(["agent", agent_id, "counts"], RECOUNT_MS);
  if (news.kind === "webhook" && board_id) showDelivery(board_id, news);
}

/** A payload and the message about it have the same id. */
function showDelivery(
  board_id: string,
  { id, agent_id, state, attempts, error, sent_at, seen_at, failed_at }: AgentMessage,
) {
  const delivery = { agent_id, state, attempts, error, sent_at, seen_at, failed_at };
  queryClient.setQueriesData<Page<WebhookPayload>>(
    { queryKey: ["board", board_id, "webhooks"], predicate: ({ queryKey }) => queryKey.length === 5 },
    (page) =>
      page && { ...page, items: page.items.map((payload) => (payload.id === id ? { ...payload, delivery } : payload)) },
  );
}
