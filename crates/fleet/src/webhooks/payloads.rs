//! What was posted to webhooks, and how far an agent has been told.

use std::collections::HashMap;

use mission_control_core::id::{AgentId, AgentMessageId, BoardId, WebhookId, WebhookPayloadId};
use mission_control_core::models::{AgentMessage, Board, MessageState, WebhookPayload};
use mission_control_core::rules::webhooks::shortened;
use mission_control_core::time::Timestamp;
use mission_control_store::{Conn, Listing, Page, StoreError, messages, webhooks};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::delivery::{deliver, message, message_id, receiver};
use super::found::on_board;
use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::receipts::{self, MessageRead};

/// How far an agent has been told of a payload.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookDeliveryRead {
    /// The agent.
    #[schema(value_type = uuid::Uuid)]
    pub agent_id: AgentId,
    /// `queued`, `sent` (the gateway took the message), `seen` (the agent gave a sign of life after it) or `failed`.
    #[schema(value_type = String, example = "sent")]
    pub state: MessageState,
    /// How often it was taken to the gateway.
    pub attempts: i32,
    /// Why it is not there yet, or never will be, and what to do about it.
    pub error: Option<String>,
    /// What to do about that.
    pub remedy: Option<String>,
    /// When the gateway took it.
    pub sent_at: Option<Timestamp>,
    /// When the agent gave a sign of life after it.
    pub seen_at: Option<Timestamp>,
    /// When it was given up.
    pub failed_at: Option<Timestamp>,
}

impl From<AgentMessage> for WebhookDeliveryRead {
    fn from(message: AgentMessage) -> Self {
        let message = MessageRead::from(message);
        Self {
            agent_id: message.agent_id,
            state: message.state,
            attempts: message.attempts,
            error: message.error,
            remedy: message.remedy,
            sent_at: message.sent_at,
            seen_at: message.seen_at,
            failed_at: message.failed_at,
        }
    }
}

/// Something that was posted to a webhook.
#[derive(Debug, Serialize, ToSchema)]
pub struct BoardWebhookPayloadRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: WebhookPayloadId,
    /// The board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// The webhook.
    #[schema(value_type = uuid::Uuid)]
    pub webhook_id: WebhookId,
    /// The content: JSON, or text.
    pub payload: Option<Value>,
    /// Always true: the content goes on. `max_chars` asks for more of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncated: Option<bool>,
    /// Headers that tell of the event, by lower-case name; `null` when there were none.
    #[schema(value_type = Option<std::collections::BTreeMap<String, String>>)]
    pub headers: Option<Value>,
    /// What kind of event it is, in the sender's words.
    pub event_type: Option<String>,
    /// The address that it came from.
    pub source_ip: Option<String>,
    /// What the sender called it.
    pub content_type: Option<String>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// How far its agent has been told; `null` when there was nobody to tell.
    pub delivery: Option<WebhookDeliveryRead>,
}

impl BoardWebhookPayloadRead {
    fn new(row: WebhookPayload, delivery: Option<AgentMessage>) -> Self {
        Self {
            id: row.id,
            board_id: row.board_id,
            webhook_id: row.webhook_id,
            payload: row.payload,
            truncated: None,
            headers: row.headers,
            event_type: row.event_type,
            source_ip: row.source_ip,
            content_type: row.content_type,
            received_at: row.received_at,
            delivery: delivery.map(Into::into),
        }
    }

    /// Payloads with what became of them.
    fn all(conn: &mut Conn, rows: Vec<WebhookPayload>) -> Result<Vec<Self>, StoreError> {
        let ids: Vec<AgentMessageId> = rows.iter().map(|row| message_id(row.id)).collect();
        let told = messages::all_of(conn, &ids)?;
        let mut told: HashMap<_, _> = told.into_iter().map(|message| (message.id, message)).collect();
        let read = |row: WebhookPayload| {
            let told = told.remove(&message_id(row.id));
            Self::new(row, told)
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// The same with its content as text of at most `limit` characters, if it is longer than that.
    #[must_use]
    pub fn shortened(mut self, limit: usize) -> Self {
        let text = match &self.payload {
            None => return self,
            Some(Value::String(text)) => text.clone(),
            Some(value) => value.to_string(),
        };
        if let Some(text) = shortened(&text, limit) {
            self.payload = Some(Value::String(text));
            self.truncated = Some(true);
        }
        self
    }
}

/// What was posted to a webhook of a board, newest first.
///
/// # Errors
/// No such webhook; the database's.
pub async fn list(
    fleet: &Fleet,
    board: BoardId,
    webhook: WebhookId,
    page: Page,
) -> Result<Listing<BoardWebhookPayloadRead>, StoreError> {
    let listing = fleet.db().read(move |conn| {
        let webhook = on_board(conn, board, webhook)?;
        let rows = webhooks::payloads(conn, &webhook, page)?;
        rows.try_map_all(|rows| BoardWebhookPayloadRead::all(conn, rows))
    });
    listing.await
}

/// Something that was posted to a webhook of a board.
///
/// # Errors
/// No such payload; the database's.
pub async fn read(
    fleet: &Fleet,
    board: BoardId,
    webhook: WebhookId,
    id: WebhookPayloadId,
) -> Result<BoardWebhookPayloadRead, StoreError> {
    let found = fleet.db().read(move |conn| {
        let found = webhooks::find_payload(conn, board, webhook, id)?;
        BoardWebhookPayloadRead::all(conn, found.into_iter().collect())
    });
    found.await?.pop().ok_or(MISSING)
}

/// Has a payload delivered once more, to whom the webhook tells now. One that is on its way stays as it is.
///
/// # Errors
/// No such payload; [`FleetError::Conflict`] when there is nobody to tell; the database's.
pub async fn redeliver(
    fleet: &Fleet,
    board: Board,
    webhook: WebhookId,
    id: WebhookPayloadId,
) -> Result<BoardWebhookPayloadRead, FleetError> {
    let retries = fleet.settings().queue.max_retries;
    let queued = fleet.db().write(move |tx| {
        let payload = webhooks::find_payload(tx, board.id, webhook, id)?.ok_or(MISSING)?;
        let webhook = on_board(tx, board.id, webhook)?;
        let nobody = "The webhook's agent is gone and the board has no lead";
        let agent = receiver(tx, &webhook)?.ok_or_else(|| FleetError::conflict(nobody))?;
        let message = message(&board, &webhook, &payload, &agent);
        if receipts::repeated(tx, message.id)?.is_none() && messages::find(tx, message.id)?.is_none() {
            receipts::opened(tx, &message)?;
        }
        deliver(tx, board.organization_id, &payload, retries)?;
        let message = messages::find(tx, message.id)?.ok_or(StoreError::NotFound("message"))?;
        Ok::<_, FleetError>(BoardWebhookPayloadRead::new(payload, Some(message)))
    });
    queued.await
}

const MISSING: StoreError = StoreError::NotFound("webhook payload");
