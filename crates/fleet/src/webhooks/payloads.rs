//! What was posted to webhooks, and how far an agent has been told.

use std::collections::HashMap;

use mission_control_core::id::{AgentMessageId, BoardId, WebhookId, WebhookPayloadId};
use mission_control_core::models::{Board, WebhookPayload};
use mission_control_shapes::BoardWebhookPayloadRead;
use mission_control_store::{Conn, Listing, Page, StoreError, messages, webhooks};

use super::delivery::{deliver, message, message_id, receiver};
use super::found::on_board;
use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::receipts;

/// What was posted to a webhook of a board, newest first.
///
/// # Errors
/// No such webhook; the database's.
pub async fn list(
    fleet: &Fleet,
    board: BoardId,
    webhook: WebhookId,
    page: Page,
) -> Result<Listing<BoardWebhookPayloadRead>, StoreError> {
    let listing = fleet.db().read(move |conn| {
        let webhook = on_board(conn, board, webhook)?;
        let rows = webhooks::payloads(conn, &webhook, page)?;
        rows.try_map_all(|rows| reads(conn, rows))
    });
    listing.await
}

/// Something that was posted to a webhook of a board.
///
/// # Errors
/// No such payload; the database's.
pub async fn read(
    fleet: &Fleet,
    board: BoardId,
    webhook: WebhookId,
    id: WebhookPayloadId,
) -> Result<BoardWebhookPayloadRead, StoreError> {
    let found = fleet.db().read(move |conn| {
        let found = webhooks::find_payload(conn, board, webhook, id)?;
        reads(conn, found.into_iter().collect())
    });
    found.await?.pop().ok_or(MISSING)
}

/// Has a payload delivered once more, to whom the webhook tells now. One that is on its way stays as it is.
///
/// # Errors
/// No such payload; [`FleetError::Conflict`] when there is nobody to tell; the database's.
pub async fn redeliver(
    fleet: &Fleet,
    board: Board,
    webhook: WebhookId,
    id: WebhookPayloadId,
) -> Result<BoardWebhookPayloadRead, FleetError> {
    let retries = fleet.settings().queue.max_retries;
    let queued = fleet.db().write(move |tx| {
        let payload = webhooks::find_payload(tx, board.id, webhook, id)?.ok_or(MISSING)?;
        let webhook = on_board(tx, board.id, webhook)?;
        let nobody = "The webhook's agent is gone and the board has no lead";
        let agent = receiver(tx, &webhook)?.ok_or_else(|| FleetError::conflict(nobody))?;
        let message = message(&board, &webhook, &payload, &agent);
        if receipts::repeated(tx, message.id)?.is_none() && messages::find(tx, message.id)?.is_none() {
            receipts::opened(tx, &message)?;
        }
        deliver(tx, &board, &payload, retries)?;
        let message = messages::find(tx, message.id)?.ok_or(StoreError::NotFound("message"))?;
        Ok::<_, FleetError>(BoardWebhookPayloadRead::new(payload, Some(message)))
    });
    queued.await
}

const MISSING: StoreError = StoreError::NotFound("webhook payload");

/// Payloads with what became of them.
fn reads(conn: &mut Conn, rows: Vec<WebhookPayload>) -> Result<Vec<BoardWebhookPayloadRead>, StoreError> {
    let ids: Vec<AgentMessageId> = rows.iter().map(|row| message_id(row.id)).collect();
    let told = messages::all_of(conn, &ids)?;
    let mut told: HashMap<_, _> = told.into_iter().map(|message| (message.id, message)).collect();
    let read = |row: WebhookPayload| {
        let told = told.remove(&message_id(row.id));
        BoardWebhookPayloadRead::new(row, told)
    };
    Ok(rows.into_iter().map(read).collect())
}
