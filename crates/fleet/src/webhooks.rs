//! What is posted to webhooks, and how it reaches agents.

use std::time::Duration;

use mission_control_core::events::EventKind;
use mission_control_core::id::{AgentMessageId, BoardMemoryId, JobId, OrganizationId, WebhookPayloadId};
use mission_control_core::models::{
    Agent, AgentMessage, Board, BoardMemory, MessageKind, NewEvent, Webhook, WebhookPayload,
};
use mission_control_core::rules::webhooks::{event_message, memory_note};
use mission_control_store::{Conn, StoreError, Tx, agents, jobs, memory, messages, webhooks};
use serde_json::json;

use crate::error::FleetError;
use crate::jobs::kind::Kind;
use crate::jobs::kinds::DeliverWebhook;
use crate::memory::BoardMemoryRead;
use crate::receipts;

/// How long a copy of something signed is recognized.
pub const REMEMBERED: Duration = Duration::from_secs(24 * 3600);

/// Whether a payload is news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It is.
    New,
    /// It is this one, sent again.
    Before(WebhookPayloadId),
}

/// Keeps a payload, notes it in the board's memory, and has it delivered to the webhook's agent, else to the board's
/// lead: at least once, and again and again while their gateway is away; what the gateway refuses is tried again
/// `retries` times. Of one that was received before, under the same id or signed with the same effect within
/// [`REMEMBERED`], it does nothing and returns the one of then.
///
/// # Errors
/// A webhook that is gone; the database's.
pub fn receive(
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
        content: memory_note(webhook, payload),
        tags: Some(json!(["webhook", format!("webhook:{}", webhook.id), format!("payload:{}", payload.id)])),
        is_chat: false,
        source: Some("webhook".to_owned()),
        created_at: payload.received_at,
        agent_id: None,
        user_id: None,
    };
    memory::insert(tx, &note)?;
    let event = NewEvent::of(EventKind::MemoryCreated, &BoardMemoryRead::from(note));
    tx.append(event.organization(board.organization_id).board(board.id));
    if let Some(agent) = receiver(tx, webhook)? {
        receipts::opened(tx, &message(board, webhook, payload, &agent))?;
    }
    deliver(tx, board.organization_id, payload, retries)?;
    Ok(Received::New)
}

/// Has a payload delivered once more, to whom the webhook tells now. One that is on its way stays as it is.
///
/// # Errors
/// [`FleetError::Conflict`] when there is nobody to tell; the database's.
pub fn redeliver(
    tx: &mut Tx<'_>,
    board: &Board,
    webhook: &Webhook,
    payload: &WebhookPayload,
    retries: u32,
) -> Result<AgentMessage, FleetError> {
    let nobody = "The webhook's agent is gone and the board has no lead";
    let agent = receiver(tx, webhook)?.ok_or_else(|| FleetError::conflict(nobody))?;
    let message = message(board, webhook, payload, &agent);
    if receipts::repeated(tx, message.id)?.is_none() && messages::find(tx, message.id)?.is_none() {
        receipts::opened(tx, &message)?;
    }
    deliver(tx, board.organization_id, payload, retries)?;
    messages::find(tx, message.id)?.ok_or(FleetError::Store(StoreError::NotFound("message")))
}

fn deliver(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    payload: &WebhookPayload,
    retries: u32,
) -> Result<JobId, StoreError> {
    let task = DeliverWebhook { board: payload.board_id, webhook: payload.webhook_id, payload: payload.id };
    let mut job = task.job(organization)?;
    job.max_attempts = i32::try_from(retries).unwrap_or(i32::MAX).saturating_add(1);
    jobs::enqueue(tx, job)
}

/// The messages about these payloads, by which it shows how far each got.
///
/// # Errors
/// The database's.
pub fn deliveries(conn: &mut Conn, payloads: &[WebhookPayloadId]) -> Result<Vec<AgentMessage>, StoreError> {
    let ids: Vec<AgentMessageId> = payloads.iter().copied().map(message_id).collect();
    messages::all_of(conn, &ids)
}

/// Whom a webhook tells: its agent if that one works on the board, else the board's lead.
pub(crate) fn receiver(conn: &mut Conn, webhook: &Webhook) -> Result<Option<Agent>, StoreError> {
    let chosen = match webhook.agent_id {
        Some(id) => agents::find(conn, id)?.filter(|agent| agent.board_id == Some(webhook.board_id)),
        None => None,
    };
    match chosen {
        Some(agent) => Ok(Some(agent)),
        None => agents::lead_of(conn, webhook.board_id),
    }
}

/// What `agent` is told of a payload. Its id is the payload's: there is one message about each.
pub(crate) fn message(
    board: &Board,
    webhook: &Webhook,
    payload: &WebhookPayload,
    agent: &Agent,
) -> AgentMessage {
    let text = event_message(board, webhook, payload);
    AgentMessage {
        id: message_id(payload.id),
        board_id: Some(board.id),
        ..AgentMessage::new(board.organization_id, agent.id, MessageKind::Webhook, text)
    }
}

/// There is one message about each payload; it has the payload's id.
pub(crate) fn message_id(payload: WebhookPayloadId) -> AgentMessageId {
    AgentMessageId::from_uuid(payload.uuid())
}
