//! Deleting a webhook.

use mission_control_core::id::WebhookId;
use mission_control_core::models::Board;
use mission_control_shapes::BoardWebhookRead;
use mission_control_shapes::events::Event;
use mission_control_store::{StoreError, webhooks};

use super::found::on_board;
use super::record;
use crate::fleet::Fleet;

/// Deletes a webhook of a board with everything that was posted to it.
///
/// # Errors
/// No such webhook; the database's.
pub async fn delete(fleet: &Fleet, board: Board, id: WebhookId) -> Result<(), StoreError> {
    let base_url = fleet.settings().http.base_url.clone();
    let deleted = fleet.db().write(move |tx| {
        let webhook = on_board(tx, board.id, id)?;
        webhooks::delete(tx, id)?;
        let read = BoardWebhookRead::new(webhook, &base_url);
        record::changed(tx, &board, Event::WebhookDeleted, &read);
        Ok::<_, StoreError>(())
    });
    deleted.await
}
