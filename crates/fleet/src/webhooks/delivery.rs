//! How what was posted reaches agents: there is one message about each payload.

use mission_control_core::id::{AgentMessageId, JobId, WebhookPayloadId};
use mission_control_core::models::{Agent, AgentMessage, Board, MessageKind, Webhook, WebhookPayload};
use mission_control_core::rules::webhooks::event_message;
use mission_control_store::{Conn, StoreError, Tx, agents, jobs};

use crate::jobs::kind::Kind;
use crate::jobs::kinds::DeliverWebhook;

/// Queues the delivery of a payload; what the gateway refuses is tried again `retries` times.
pub(super) fn deliver(
    tx: &mut Tx<'_>,
    board: &Board,
    payload: &WebhookPayload,
    retries: u32,
) -> Result<JobId, StoreError> {
    let task = DeliverWebhook { board: payload.board_id, webhook: payload.webhook_id, payload: payload.id };
    let mut job = task.job(board.organization_id)?;
    // The place of the board needs no look for it.
    job.gateway_id = job.gateway_id.or(board.gateway_id);
    job.max_attempts = i32::try_from(retries).unwrap_or(i32::MAX).saturating_add(1);
    jobs::enqueue(tx, job)
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
