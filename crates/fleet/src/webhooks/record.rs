//! What a change of a webhook leaves behind: an event for streams.

use mission_control_core::models::Board;
use mission_control_shapes::BoardWebhookRead;
use mission_control_shapes::events::{Event, WebhookChanged};
use mission_control_store::Tx;

/// Tells streams what the webhook looks like now.
pub(super) fn changed(
    tx: &mut Tx<'_>,
    board: &Board,
    event: fn(WebhookChanged) -> Event,
    read: &BoardWebhookRead,
) {
    tx.append(event(read.clone().into()).organization(board.organization_id).board(board.id));
}
