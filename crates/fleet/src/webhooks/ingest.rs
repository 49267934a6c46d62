//! Taking what is posted.

use std::time::Duration;

use mission_control_core::id::{BoardId, BoardMemoryId, WebhookId, WebhookPayloadId};
use mission_control_core::models::{Board, BoardMemory, Webhook, WebhookPayload};
use mission_control_core::rules::webhooks::{self as rules, Fingerprint, Unsigned};
use mission_control_core::time::Timestamp;
use mission_control_shapes::BoardMemoryRead;
use mission_control_shapes::events::Event;
use mission_control_store::vault::VaultError;
use mission_control_store::{StoreError, Tx, boards, memory, webhooks};
use secrecy::ExposeSecret;
use serde_json::json;

use super::delivery::{deliver, message, receiver};
use crate::fleet::Fleet;
use crate::receipts;

/// How long a copy of something signed is recognized.
const REMEMBERED: Duration = Duration::from_secs(24 * 3600);

/// Why a post is not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// The webhook takes nothing at all.
    #[error("This webhook is disabled.")]
    Disabled,
    /// Its sender does not prove that it knows the secret.
    #[error(transparent)]
    Unsigned(#[from] Unsigned),
    /// The stored secret cannot be opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// No such board or webhook; the database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether a payload is news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It is.
    New,
    /// It is this one, sent again.
    Before(WebhookPayloadId),
}

/// The webhook of this address, if it takes anything.
///
/// # Errors
/// No such board or webhook; one that is disabled; the database's.
pub async fn open(fleet: &Fleet, board: BoardId, id: WebhookId) -> Result<(Board, Webhook), NotTaken> {
    let found = fleet.db().read(move |conn| {
        if let Some(found) = webhooks::with_board(conn, board, id)? {
            return Ok(found);
        }
        let board = boards::find(conn, board)?;
        Err(StoreError::NotFound(if board.is_some() { "webhook" } else { "board" }))
    });
    let (board, webhook) = found.await?;
    if webhook.enabled { Ok((board, webhook)) } else { Err(NotTaken::Disabled) }
}

/// What the sender proved; none where the webhook has no secret. Some sign what they send, others what they compressed:
/// the body is given `as_sent` and `plain`. `header` gives a header by its lower-case name.
///
/// # Errors
/// [`NotTaken::Unsigned`]; [`NotTaken::Vault`].
pub fn proven<'h>(
    fleet: &Fleet,
    webhook: &Webhook,
    as_sent: &[u8],
    plain: &[u8],
    header: impl Fn(&str) -> Option<&'h str>,
) -> Result<Option<Fingerprint>, NotTaken> {
    let Some(secret) = &webhook.secret else { return Ok(None) };
    let secret = fleet.vault().open(Webhook::SECRET_COLUMN, webhook.id, secret)?;
    let (own, now) = (webhook.signature_header.as_deref(), Timestamp::now());
    let check = |body: &[u8]| rules::check(secret.expose_secret(), own, &header, body, now);
    let proof = check(plain).or_else(|error| if as_sent == plain { Err(error) } else { check(as_sent) });
    Ok(Some(proof?))
}

/// Keeps a payload, notes it in the board's memory, and has it delivered to the webhook's agent, else to the board's
/// lead: at least once, and again and again while their gateway is away; what the gateway refuses is tried again as often
/// as the settings say. Of one that was received before, under the same id or signed with the same effect within a day, it
/// does nothing and returns the one of then.
///
/// # Errors
/// A webhook that is gone; the database's.
pub async fn receive(
    fleet: &Fleet,
    board: Board,
    webhook: Webhook,
    payload: WebhookPayload,
) -> Result<Received, StoreError> {
    let retries = fleet.settings().queue.max_retries;
    fleet.db().write(move |tx| take(tx, &board, &webhook, &payload, retries)).await
}

fn take(
    tx: &mut Tx<'_>,
    board: &Board,
    webhook: &Webhook,
    payload: &WebhookPayload,
    retries: u32,
) -> Result<Received, StoreError> {
    if let Some(fingerprint) = &payload.fingerprint {
        let since = payload.received_at.minus(REMEMBERED);
        if let Some(first) = webhooks::find_copy(tx, webhook.id, fingerprint, since)? {
            return Ok(Received::Before(first));
        }
    }
    if !webhooks::insert_payload(tx, payload)? {
        return Ok(Received::Before(payload.id));
    }
    let note = BoardMemory {
        id: BoardMemoryId::random(),
        board_id: board.id,
        content: rules::memory_note(webhook, payload),
        tags: Some(json!(["webhook", format!("webhook:{}", webhook.id), format!("payload:{}", payload.id)])),
        is_chat: false,
        source: Some("webhook".to_owned()),
        created_at: payload.received_at,
        agent_id: None,
        user_id: None,
    };
    memory::insert(tx, &note)?;
    let event = Event::MemoryCreated(BoardMemoryRead::from(note).into());
    tx.append(event.organization(board.organization_id).board(board.id));
    if let Some(agent) = receiver(tx, webhook)? {
        receipts::opened(tx, &message(board, webhook, payload, &agent))?;
    }
    deliver(tx, board, payload, retries)?;
    Ok(Received::New)
}
