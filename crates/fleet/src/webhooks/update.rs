//! Changing a webhook.

use mission_control_core::id::{AgentId, WebhookId};
use mission_control_core::models::{Board, WebhookChanges};
use mission_control_shapes::BoardWebhookRead;
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_store::webhooks;
use serde_json::json;

use super::create::{check_agent, sealed};
use super::found::on_board;
use super::record;
use crate::error::FleetError;
use crate::fleet::Fleet;

/// Changes to a webhook; `None` leaves a field alone, `Some(None)` empties it. No `Debug`: it has a secret in it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct WebhookPatch {
    /// What agents are to do with what arrives.
    pub description: Option<String>,
    /// Whether it takes anything at all.
    pub enabled: Option<bool>,
    /// Who is told: an agent of the board; emptied, the board's lead.
    pub agent_id: Option<Option<AgentId>>,
    /// Key of the signatures.
    pub secret: Option<Option<String>>,
    /// Header of the signatures; emptied, the usual ones.
    pub signature_header: Option<Option<String>>,
}

/// Changes a webhook of a board; without any change it only answers how it is.
///
/// # Errors
/// No such webhook; an agent of another board; the database's.
pub async fn update(
    fleet: &Fleet,
    board: Board,
    id: WebhookId,
    patch: WebhookPatch,
) -> Result<BoardWebhookRead, FleetError> {
    let changes = WebhookChanges {
        description: patch.description,
        enabled: patch.enabled,
        agent_id: patch.agent_id,
        secret: patch.secret.map(|secret| secret.map(|secret| sealed(fleet, id, &secret))),
        signature_header: patch.signature_header,
    };
    let base_url = fleet.settings().http.base_url.clone();
    let updated = fleet.db().write(move |tx| {
        let webhook = on_board(tx, board.id, id)?;
        if changes == WebhookChanges::default() {
            return Ok(BoardWebhookRead::new(webhook, &base_url));
        }
        check_agent(tx, board.id, changes.agent_id.flatten())?;
        let was = json!(BoardWebhookRead::new(webhook, &base_url));
        let read = BoardWebhookRead::new(webhooks::update(tx, id, &changes)?, &base_url);
        // The key itself is told nowhere; that it is another one is.
        let mut is = json!(read);
        if let (true, Some(fields)) = (changes.secret.is_some(), is.as_object_mut()) {
            fields.insert("signing_key_changed".to_owned(), true.into());
        }
        tx.changed(EventSubject::Webhook, id, was, is);
        record::changed(tx, &board, Event::WebhookUpdated, &read);
        Ok::<_, FleetError>(read)
    });
    updated.await
}
