//! Webhooks, and what was posted to them.

use mission_control_core::id::{AgentId, BoardId, WebhookId, WebhookPayloadId};
use mission_control_core::models::{AgentMessage, MessageState, Webhook, WebhookPayload};
use mission_control_core::rules::webhooks::shortened;
use mission_control_core::time::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A webhook.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BoardWebhookRead {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: WebhookId,
    /// The board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// Who is told; `null` for the board's lead.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub agent_id: Option<AgentId>,
    /// What agents are to do with what arrives.
    pub description: String,
    /// Whether it takes anything at all.
    pub enabled: bool,
    /// Whether payloads have to be signed. The secret itself cannot be read back.
    pub has_secret: bool,
    /// Header of the signatures; `null` for the usual ones.
    pub signature_header: Option<String>,
    /// Where to post to, below this server.
    pub endpoint_path: String,
    /// Where to post to.
    pub endpoint_url: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl BoardWebhookRead {
    /// The webhook of a server at this address.
    pub fn new(row: Webhook, base_url: &str) -> Self {
        let endpoint_path = format!("/api/v1/boards/{}/webhooks/{}", row.board_id, row.id);
        Self {
            id: row.id,
            board_id: row.board_id,
            agent_id: row.agent_id,
            description: row.description,
            enabled: row.enabled,
            has_secret: row.secret.is_some(),
            signature_header: row.signature_header,
            endpoint_url: Some(format!("{base_url}{endpoint_path}")),
            endpoint_path,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// How far an agent has been told of a payload.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
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
    /// What was posted, with the message that tells of it.
    pub fn new(row: WebhookPayload, delivery: Option<AgentMessage>) -> Self {
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
