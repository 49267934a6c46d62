//! Webhooks: addresses of a board that other systems post to, and what they posted.

use diesel::prelude::*;
use serde_json::Value;

use super::guarded::guarded_debug;
use crate::id::{AgentId, BoardId, WebhookId, WebhookPayloadId};
use crate::schema;
use crate::time::Timestamp;

/// An address of a board that another system posts to.
#[derive(Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::board_webhooks, treat_none_as_default_value = false)]
pub struct Webhook {
    /// Key, and the end of the address.
    pub id: WebhookId,
    /// The board.
    pub board_id: BoardId,
    /// What agents are to do with what arrives.
    pub description: String,
    /// Whether it takes anything at all.
    pub enabled: bool,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Who is told; none for the board's lead.
    pub agent_id: Option<AgentId>,
    /// Key of the signatures, sealed; with none, nothing has to be signed.
    pub secret: Option<String>,
    /// Header of the signatures; none for the usual ones.
    pub signature_header: Option<String>,
}

guarded_debug!(Webhook shows id, board_id, enabled);

impl Webhook {
    /// The column of the secret, as the vault knows it.
    pub const SECRET_COLUMN: &str = "board_webhooks.secret";

    /// An enabled webhook for the board's lead that takes unsigned payloads.
    pub fn new(board_id: BoardId, description: impl Into<String>) -> Self {
        let now = Timestamp::now();
        Self {
            id: WebhookId::random(),
            board_id,
            description: description.into(),
            enabled: true,
            created_at: now,
            updated_at: now,
            agent_id: None,
            secret: None,
            signature_header: None,
        }
    }
}

/// Changes to a [`Webhook`].
#[derive(Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::board_webhooks)]
pub struct WebhookChanges {
    pub description: Option<String>,
    pub enabled: Option<bool>,
    pub agent_id: Option<Option<AgentId>>,
    pub secret: Option<Option<String>>,
    pub signature_header: Option<Option<String>>,
}

guarded_debug!(WebhookChanges shows description, enabled, agent_id);

/// Something that was posted to a webhook.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::board_webhook_payloads, treat_none_as_default_value = false)]
pub struct WebhookPayload {
    /// Key. Made of the sender's delivery id where there is one, so that a repeated delivery meets itself.
    pub id: WebhookPayloadId,
    /// The board.
    pub board_id: BoardId,
    /// The webhook.
    pub webhook_id: WebhookId,
    /// JSON, or text; none for JSON's `null`.
    pub payload: Option<Value>,
    /// Headers that tell of the event, by lower-case name.
    pub headers: Option<Value>,
    /// Where it came from.
    pub source_ip: Option<String>,
    /// What the sender called it.
    pub content_type: Option<String>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// What kind of event it is, in the sender's words.
    pub event_type: Option<String>,
    /// Digest of what its signature covers; none where nothing had to be signed.
    pub fingerprint: Option<String>,
}

impl WebhookPayload {
    /// This content as just posted to a webhook, with nothing known of its sender.
    pub fn new(webhook: &Webhook, payload: Option<Value>) -> Self {
        Self {
            id: WebhookPayloadId::random(),
            board_id: webhook.board_id,
            webhook_id: webhook.id,
            payload,
            headers: None,
            source_ip: None,
            content_type: None,
            received_at: Timestamp::now(),
            event_type: None,
            fingerprint: None,
        }
    }
}
