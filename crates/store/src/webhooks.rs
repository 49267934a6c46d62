//! Webhooks of boards, and what was posted to them.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use mission_control_core::id::{BoardId, OrganizationId, WebhookId, WebhookPayloadId};
use mission_control_core::models::{Board, MessageState, Webhook, WebhookChanges, WebhookPayload};
use mission_control_core::schema::{
    agent_messages, board_webhook_payloads as payloads, board_webhooks as webhooks, boards,
};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

/// The webhooks of a board, newest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, board: BoardId, page: Page) -> StoreResult<Listing<Webhook>> {
    let of_board = webhooks::board_id.eq(board);
    listing!(
        conn,
        &page,
        webhooks::table.filter(of_board),
        (Timestamp, WebhookId)[desc(webhooks::created_at), desc(webhooks::id)],
        webhooks::all_columns,
        texts ["board_webhooks.description"]
    )
}

/// The webhook of this id, if it is the board's.
///
/// # Errors
/// The database's.
pub fn find_on(conn: &mut Conn, board: BoardId, id: WebhookId) -> StoreResult<Option<Webhook>> {
    Ok(webhooks::table
        .find(id)
        .filter(webhooks::board_id.eq(board))
        .select(webhooks::all_columns)
        .first(conn)
        .optional()?)
}

/// The webhook of this id with its board, if it is this one.
///
/// # Errors
/// The database's.
pub fn with_board(conn: &mut Conn, board: BoardId, id: WebhookId) -> StoreResult<Option<(Board, Webhook)>> {
    Ok(webhooks::table
        .inner_join(boards::table)
        .filter(webhooks::id.eq(id))
        .filter(boards::id.eq(board))
        .select((boards::all_columns, webhooks::all_columns))
        .first(conn)
        .optional()?)
}

/// The webhooks of an organization's boards that have a secret.
///
/// # Errors
/// The database's.
pub fn with_secret(conn: &mut Conn, organization: OrganizationId) -> StoreResult<Vec<Webhook>> {
    let boards = boards::table.filter(boards::organization_id.eq(organization)).select(boards::id);
    Ok(webhooks::table
        .filter(webhooks::board_id.eq_any(boards))
        .filter(webhooks::secret.is_not_null())
        .select(webhooks::all_columns)
        .load(conn)?)
}

/// Adds a webhook.
///
/// # Errors
/// [`StoreError::ForeignKey`] when its board or agent is not there; the database's.
pub fn insert(tx: &mut Tx<'_>, webhook: &Webhook) -> StoreResult<()> {
    diesel::insert_into(webhooks::table).values(webhook).execute(&mut **tx)?;
    Ok(())
}

/// Changes a webhook.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::ForeignKey`] when its new agent is not there; the database's.
pub fn update(tx: &mut Tx<'_>, id: WebhookId, changes: &WebhookChanges) -> StoreResult<Webhook> {
    diesel::update(webhooks::table.find(id))
        .set((changes, webhooks::updated_at.eq(Timestamp::now())))
        .returning(webhooks::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("webhook"))
}

/// Deletes a webhook with everything that was posted to it.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn delete(tx: &mut Tx<'_>, id: WebhookId) -> StoreResult<()> {
    diesel::delete(payloads::table.filter(payloads::webhook_id.eq(id))).execute(&mut **tx)?;
    match diesel::delete(webhooks::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("webhook")),
        _ => Ok(()),
    }
}

/// What was posted to a webhook, newest first.
///
/// # Errors
/// The database's.
pub fn payloads(conn: &mut Conn, webhook: &Webhook, page: Page) -> StoreResult<Listing<WebhookPayload>> {
    let of_webhook = payloads::board_id.eq(webhook.board_id).and(payloads::webhook_id.eq(webhook.id));
    listing!(
        conn,
        &page,
        payloads::table.filter(of_webhook),
        (Timestamp, WebhookPayloadId)[desc(payloads::received_at), desc(payloads::id)],
        payloads::all_columns,
        texts ["board_webhook_payloads.payload", "board_webhook_payloads.headers"]
    )
}

/// The payload of this id, if it was posted to this webhook of the board.
///
/// # Errors
/// The database's.
pub fn find_payload(
    conn: &mut Conn,
    board: BoardId,
    webhook: WebhookId,
    id: WebhookPayloadId,
) -> StoreResult<Option<WebhookPayload>> {
    Ok(payloads::table
        .find(id)
        .filter(payloads::board_id.eq(board))
        .filter(payloads::webhook_id.eq(webhook))
        .select(payloads::all_columns)
        .first(conn)
        .optional()?)
}

/// Deletes what was posted before `before` and is not to be delivered any more, at most `limit`, and returns how many.
///
/// # Errors
/// The database's.
pub fn trim_payloads(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> StoreResult<usize> {
    let on_its_way = agent_messages::table
        .filter(agent_messages::id.eq(payloads::id))
        .filter(agent_messages::state.eq(MessageState::Queued));
    let old: Vec<WebhookPayloadId> = payloads::table
        .filter(payloads::received_at.lt(before))
        .filter(not(exists(on_its_way)))
        .limit(limit)
        .select(payloads::id)
        .load(&mut **tx)?;
    Ok(diesel::delete(payloads::table.filter(among(payloads::id, &old))).execute(&mut **tx)?)
}

/// What was posted to the webhook since `since` and was signed with the same effect. Until the transaction ends nobody else
/// asks this of the webhook, so of several copies that arrive at once one is the first.
///
/// # Errors
/// [`StoreError::NotFound`] when the webhook is gone; the database's.
pub fn find_copy(
    tx: &mut Tx<'_>,
    webhook: WebhookId,
    fingerprint: &str,
    since: Timestamp,
) -> StoreResult<Option<WebhookPayloadId>> {
    let row = webhooks::table.find(webhook).select(webhooks::id);
    let locked: Option<WebhookId> = match &mut **tx {
        Conn::Pg(pg) => row.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => row.first(sqlite).optional()?,
    };
    locked.ok_or(StoreError::NotFound("webhook"))?;
    Ok(payloads::table
        .filter(payloads::webhook_id.eq(webhook))
        .filter(payloads::fingerprint.eq(fingerprint))
        .filter(payloads::received_at.ge(since))
        .select(payloads::id)
        .first(&mut **tx)
        .optional()?)
}

/// Keeps a payload. `false` when there is one of this id already, which then stays as it is.
///
/// # Errors
/// [`StoreError::ForeignKey`] when the webhook is gone; the database's.
pub fn insert_payload(tx: &mut Tx<'_>, payload: &WebhookPayload) -> StoreResult<bool> {
    let insert = diesel::insert_into(payloads::table).values(payload);
    let inserted = match &mut **tx {
        Conn::Pg(pg) => insert.on_conflict_do_nothing().execute(pg)?,
        Conn::Sqlite(sqlite) => insert.on_conflict_do_nothing().execute(sqlite)?,
    };
    Ok(inserted == 1)
}
