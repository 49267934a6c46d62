//! What a change of a webhook leaves behind: an event for streams.

use mission_control_core::events::EventKind;
use mission_control_core::models::{Board, NewEvent};
use mission_control_shapes::BoardWebhookRead;
use mission_control_store::Tx;

/// Tells streams what the webhook looks like now.
pub(super) fn changed(tx: &mut Tx<'_>, board: &Board, kind: EventKind, read: &BoardWebhookRead) {
    tx.append(NewEvent::of(kind, read).organization(board.organization_id).board(board.id));
}
