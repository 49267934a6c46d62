//! Webhooks: addresses of a board that other systems post to, what they posted, and how it reaches agents.

mod create;
mod delete;
mod delivery;
mod found;
mod ingest;
pub mod payloads;
mod record;
mod update;

use mission_control_core::id::{BoardId, WebhookId};
use mission_control_shapes::BoardWebhookRead;
use mission_control_store::{Listing, Page, StoreError, webhooks};

use crate::fleet::Fleet;

pub use create::{NewWebhook, create};
pub use delete::delete;
pub(crate) use delivery::{message, message_id, receiver};
pub use ingest::{NotTaken, Received, open, proven, receive};
pub use update::{WebhookPatch, update};

/// The webhooks of a board, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    fleet: &Fleet,
    board: BoardId,
    page: Page,
) -> Result<Listing<BoardWebhookRead>, StoreError> {
    let listing = fleet.db().read(move |conn| webhooks::list(conn, board, page)).await?;
    Ok(listing.map(|row| BoardWebhookRead::new(row, &fleet.settings().http.base_url)))
}

/// A webhook of a board.
///
/// # Errors
/// No such webhook; the database's.
pub async fn read(fleet: &Fleet, board: BoardId, id: WebhookId) -> Result<BoardWebhookRead, StoreError> {
    let webhook = fleet.db().read(move |conn| found::on_board(conn, board, id)).await?;
    Ok(BoardWebhookRead::new(webhook, &fleet.settings().http.base_url))
}
