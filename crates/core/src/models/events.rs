//! The event log.

use diesel::prelude::*;
use serde_json::Value;

use crate::id::{BoardId, OrganizationId};
use crate::schema;
use crate::time::Timestamp;

/// An entry of the event log: something that streams deliver.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Identifiable)]
#[diesel(table_name = schema::event_log, primary_key(seq))]
pub struct Event {
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

/// An [`Event`] to append.
#[derive(Debug, Clone, PartialEq, Insertable)]
#[diesel(table_name = schema::event_log, treat_none_as_default_value = false)]
pub struct NewEvent {
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

impl NewEvent {
    /// An event of the whole installation, now.
    pub fn new(kind: impl Into<String>, payload: Value) -> Self {
        let created_at = Timestamp::now();
        Self { organization_id: None, board_id: None, kind: kind.into(), payload, created_at }
    }

    /// The same event for members of this organization only.
    pub fn organization(mut self, id: OrganizationId) -> Self {
        self.organization_id = Some(id);
        self
    }

    /// The same event on this board.
    pub fn board(mut self, id: impl Into<Option<BoardId>>) -> Self {
        self.board_id = id.into();
        self
    }
}
