//! What models used.

use diesel::prelude::*;

use crate::id::{AgentId, BoardId, GatewayId, OrganizationId, RunId, TaskId, UsageEntryId};
use crate::schema;
use crate::time::Timestamp;

/// An entry of the ledger: what one call of a model used, or several where a gateway tells their sum alone. Entries are
/// added and never changed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::usage_entries, treat_none_as_default_value = false)]
pub struct UsageEntry {
    /// Key.
    pub id: UsageEntryId,
    /// Whose it is.
    pub organization_id: OrganizationId,
    /// The gateway that told it.
    pub gateway_id: GatewayId,
    /// Names the fact, so that it counts once however often it is told.
    pub source_key: String,
    /// The agent.
    pub agent_id: AgentId,
    /// The agent's board then.
    pub board_id: Option<BoardId>,
    /// The task that the run was about.
    pub task_id: Option<TaskId>,
    /// The run; none where it is not told.
    pub run_id: Option<RunId>,
    /// The transcript.
    pub session_id: String,
    /// When.
    pub occurred_at: Timestamp,
    /// The day of that, UTC.
    pub day: String,
    /// Who runs the model.
    pub provider: String,
    /// The model.
    pub model: String,
    /// The provider's id of the answer.
    pub response_id: Option<String>,
    /// How many calls it is about.
    pub calls: i32,
    /// Tokens read, and not from a cache.
    pub input_tokens: i64,
    /// Tokens written.
    pub output_tokens: i64,
    /// Tokens read from the provider's cache.
    pub cache_read_tokens: i64,
    /// Tokens written to the provider's cache.
    pub cache_write_tokens: i64,
    /// The cost in millionths of a US dollar; none where the gateway has no price.
    pub cost_micros: Option<i64>,
}
