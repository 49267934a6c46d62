//! Messages to agents, with their receipts.

use diesel::prelude::*;
use mission_control_core::id::{AgentId, AgentMessageId, BoardId, GatewayId, OrganizationId, TaskId};
use mission_control_core::models::{AgentMessage, MessageChanges, MessageKind, MessageState};
use mission_control_core::schema::{agent_messages, agents};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::{Conn, MultiBackend};
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

/// Which messages of an organization a list shows.
#[derive(Debug, Clone, Copy)]
pub struct MessageFilter {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Only those to this agent.
    pub agent_id: Option<AgentId>,
    /// Only those to agents of this gateway.
    pub gateway_id: Option<GatewayId>,
    /// Only those that this agent sent.
    pub from_agent_id: Option<AgentId>,
    /// Only those about this task.
    pub task_id: Option<TaskId>,
    /// Only those that got this far.
    pub state: Option<MessageState>,
}

impl MessageFilter {
    /// Every message of an organization.
    pub const fn of(organization_id: OrganizationId) -> Self {
        Self {
            organization_id,
            agent_id: None,
            gateway_id: None,
            from_agent_id: None,
            task_id: None,
            state: None,
        }
    }
}

fn filtered(filter: MessageFilter) -> agent_messages::BoxedQuery<'static, MultiBackend> {
    let mut query = agent_messages::table
        .filter(agent_messages::organization_id.eq(filter.organization_id))
        .into_boxed::<MultiBackend>();
    if let Some(agent) = filter.agent_id {
        query = query.filter(agent_messages::agent_id.eq(agent));
    }
    if let Some(gateway) = filter.gateway_id {
        let there = agents::table.filter(agents::gateway_id.eq(gateway)).select(agents::id);
        query = query.filter(agent_messages::agent_id.eq_any(there));
    }
    if let Some(sender) = filter.from_agent_id {
        query = query.filter(agent_messages::from_agent_id.eq(sender));
    }
    if let Some(task) = filter.task_id {
        query = query.filter(agent_messages::task_id.eq(task));
    }
    if let Some(state) = filter.state {
        query = query.filter(agent_messages::state.eq(state));
    }
    query
}

/// The messages that a filter shows, newest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, filter: MessageFilter, page: Page) -> StoreResult<Listing<AgentMessage>> {
    listing!(
        conn,
        &page,
        filtered(filter),
        (Timestamp, AgentMessageId)[desc(agent_messages::created_at), desc(agent_messages::id)],
        agent_messages::all_columns,
        texts ["agent_messages.text", "agent_messages.error", "agent_messages.remedy"]
    )
}

/// The message of this id.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, id: AgentMessageId) -> StoreResult<Option<AgentMessage>> {
    Ok(agent_messages::table.find(id).select(agent_messages::all_columns).first(conn).optional()?)
}

/// Those of these messages that exist.
///
/// # Errors
/// The database's.
pub fn all_of(conn: &mut Conn, ids: &[AgentMessageId]) -> StoreResult<Vec<AgentMessage>> {
    Ok(agent_messages::table
        .filter(among(agent_messages::id, ids))
        .select(agent_messages::all_columns)
        .load(conn)?)
}

/// The message of this kind about a board that was said last.
///
/// # Errors
/// The database's.
pub fn latest_about(conn: &mut Conn, board: BoardId, kind: MessageKind) -> StoreResult<Option<AgentMessage>> {
    Ok(agent_messages::table
        .filter(agent_messages::board_id.eq(board))
        .filter(agent_messages::kind.eq(kind))
        .order((agent_messages::created_at.desc(), agent_messages::id.desc()))
        .select(agent_messages::all_columns)
        .first(conn)
        .optional()?)
}

/// Adds a message.
///
/// # Errors
/// [`StoreError::ForeignKey`] when agent, board or task is not there; the database's.
pub fn insert(tx: &mut Tx<'_>, message: &AgentMessage) -> StoreResult<()> {
    diesel::insert_into(agent_messages::table).values(message).execute(&mut **tx)?;
    Ok(())
}

/// Reads a message for an update: until the transaction ends nobody else changes or locks it.
///
/// # Errors
/// The database's.
pub fn lock(tx: &mut Tx<'_>, id: AgentMessageId) -> StoreResult<Option<AgentMessage>> {
    let query = agent_messages::table.find(id).select(agent_messages::all_columns);
    Ok(match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// Changes a message.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn update(tx: &mut Tx<'_>, id: AgentMessageId, changes: &MessageChanges) -> StoreResult<AgentMessage> {
    diesel::update(agent_messages::table.find(id))
        .set(changes)
        .returning(agent_messages::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("message"))
}

/// Notes that something was said to an agent at `now`.
///
/// # Errors
/// The database's.
pub fn note_for(tx: &mut Tx<'_>, agent: AgentId, now: Timestamp) -> StoreResult<()> {
    diesel::update(agents::table.find(agent)).set(agents::last_message_at.eq(now)).execute(&mut **tx)?;
    Ok(())
}

/// The agent gave a sign of life at `now`: what was sent to it before is seen. Returns those messages.
///
/// # Errors
/// The database's.
pub fn seen(tx: &mut Tx<'_>, agent: AgentId, now: Timestamp) -> StoreResult<Vec<AgentMessage>> {
    let unseen = agent_messages::table
        .filter(agent_messages::agent_id.eq(agent))
        .filter(agent_messages::state.eq(MessageState::Sent))
        .filter(agent_messages::sent_at.le(now));
    Ok(diesel::update(unseen)
        .set((agent_messages::state.eq(MessageState::Seen), agent_messages::seen_at.eq(now)))
        .returning(agent_messages::all_columns)
        .get_results(&mut **tx)?)
}

/// Deletes what was said before `before` and is not under way any more, at most `limit`, and returns how many.
///
/// # Errors
/// The database's.
pub fn trim(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> StoreResult<usize> {
    let old: Vec<AgentMessageId> = agent_messages::table
        .filter(agent_messages::created_at.lt(before))
        .filter(agent_messages::state.ne(MessageState::Queued))
        .limit(limit)
        .select(agent_messages::id)
        .load(&mut **tx)?;
    Ok(diesel::delete(agent_messages::table.filter(among(agent_messages::id, &old))).execute(&mut **tx)?)
}
