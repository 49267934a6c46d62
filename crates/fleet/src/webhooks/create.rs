//! Creating a webhook.

use mission_control_core::id::{AgentId, BoardId, WebhookId};
use mission_control_core::models::{Board, Webhook};
use mission_control_shapes::BoardWebhookRead;
use mission_control_shapes::events::Event;
use mission_control_store::{Conn, agents, webhooks};

use super::record;
use crate::error::FleetError;
use crate::fleet::Fleet;

/// A webhook to create. No `Debug`: it has a secret in it.
#[derive(Clone, PartialEq, Eq)]
pub struct NewWebhook {
    /// What agents are to do with what arrives.
    pub description: String,
    /// Whether it takes anything at all.
    pub enabled: bool,
    /// Who is told: an agent of the board; without one, the board's lead.
    pub agent_id: Option<AgentId>,
    /// Key of the signatures. Without one, anybody who knows the address may post.
    pub secret: Option<String>,
    /// Header of the signatures; without one, those of common senders.
    pub signature_header: Option<String>,
}

/// Keeps a new webhook of a board.
///
/// # Errors
/// An agent of another board; the database's.
pub async fn create(fleet: &Fleet, board: Board, new: NewWebhook) -> Result<BoardWebhookRead, FleetError> {
    let mut webhook = Webhook::new(board.id, new.description);
    webhook.enabled = new.enabled;
    webhook.agent_id = new.agent_id;
    webhook.secret = new.secret.map(|secret| sealed(fleet, webhook.id, &secret));
    webhook.signature_header = new.signature_header;
    let base_url = fleet.settings().http.base_url.clone();
    let created = fleet.db().write(move |tx| {
        check_agent(tx, board.id, webhook.agent_id)?;
        webhooks::insert(tx, &webhook)?;
        let read = BoardWebhookRead::new(webhook, &base_url);
        record::changed(tx, &board, Event::WebhookCreated, &read);
        Ok::<_, FleetError>(read)
    });
    created.await
}

/// Refuses an agent that does not work on the board.
pub(super) fn check_agent(conn: &mut Conn, board: BoardId, id: Option<AgentId>) -> Result<(), FleetError> {
    let Some(id) = id else { return Ok(()) };
    match agents::find(conn, id)? {
        Some(agent) if agent.board_id == Some(board) => Ok(()),
        _ => Err(FleetError::invalid("agent_id has to be an agent of this board.")),
    }
}

/// The secret as it is stored.
pub(super) fn sealed(fleet: &Fleet, id: WebhookId, secret: &str) -> String {
    fleet.vault().seal(Webhook::SECRET_COLUMN, id, secret)
}
