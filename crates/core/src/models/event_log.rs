//! The event log.

use diesel::prelude::*;
use serde_json::Value;

use crate::id::{BoardId, OrganizationId};
use crate::schema;
use crate::time::Timestamp;

/// An entry of the event log: something that streams deliver. Other releases write the log too, so that it may be of any kind
/// and its payload of any form.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Identifiable)]
#[diesel(table_name = schema::event_log, primary_key(seq))]
pub struct LogEntry {
    /// Position: readers that continue after a `seq` miss nothing and see nothing twice.
    pub seq: i64,
    /// Who may see it; `None` concerns the whole installation.
    pub organization_id: Option<OrganizationId>,
    /// The board concerned.
    pub board_id: Option<BoardId>,
    /// Dotted kind, e.g. `agent.updated`.
    pub kind: String,
    /// What streams send.
    pub payload: Value,
    /// When it was written.
    pub created_at: Timestamp,
}

/// A [`LogEntry`] to append.
#[derive(Debug, Clone, PartialEq, Insertable)]
#[diesel(table_name = schema::event_log, treat_none_as_default_value = false)]
pub struct NewLogEntry {
    /// Who may see it; `None` concerns the whole installation.
    pub organization_id: Option<OrganizationId>,
    /// The board concerned.
    pub board_id: Option<BoardId>,
    /// Dotted kind, e.g. `agent.updated`.
    pub kind: String,
    /// What streams send.
    pub payload: Value,
    /// When it is written.
    pub created_at: Timestamp,
}

impl NewLogEntry {
    /// The same entry about this board.
    pub fn board(mut self, id: impl Into<Option<BoardId>>) -> Self {
        self.board_id = id.into();
        self
    }
}
