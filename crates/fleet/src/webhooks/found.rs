//! Webhooks by their address.

use mission_control_core::id::{BoardId, WebhookId};
use mission_control_core::models::Webhook;
use mission_control_store::{Conn, StoreError, webhooks};

/// The webhook of this id, if it is the board's.
pub(super) fn on_board(conn: &mut Conn, board: BoardId, id: WebhookId) -> Result<Webhook, StoreError> {
    webhooks::find_on(conn, board, id)?.ok_or(StoreError::NotFound("webhook"))
}
