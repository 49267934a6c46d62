//! Webhooks as clients see them.

use mission_control_core::events::EventKind;
use mission_control_core::id::{AgentId, BoardId, WebhookId};
use mission_control_core::models::{Board, NewEvent, Webhook};
use mission_control_core::time::Timestamp;
use mission_control_store::Tx;
use serde::Serialize;
use utoipa::ToSchema;

/// A webhook.
#[derive(Debug, Serialize, ToSchema)]
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
    pub(super) fn new(row: Webhook, base_url: &str) -> Self {
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

    /// Tells streams what the webhook looks like now.
    pub(super) fn publish(&self, tx: &mut Tx<'_>, board: &Board, kind: EventKind) {
        tx.append(NewEvent::of(kind, self).organization(board.organization_id).board(board.id));
    }
}
