//! The activity feed.

use diesel::prelude::*;

use crate::id::{ActivityId, AgentId, BoardId, OrganizationId, TaskId, UserId};
use crate::schema;
use crate::time::Timestamp;

/// Something that happened, for people to read.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::activity_events, treat_none_as_default_value = false)]
pub struct ActivityEvent {
    /// Key.
    pub id: ActivityId,
    /// Dotted kind, e.g. `agent.heartbeat`.
    pub event_type: String,
    /// Text for people.
    pub message: Option<String>,
    /// The agent that acted or is concerned.
    pub agent_id: Option<AgentId>,
    /// The task concerned.
    pub task_id: Option<TaskId>,
    /// When it happened.
    pub created_at: Timestamp,
    /// The board concerned.
    pub board_id: Option<BoardId>,
    /// Last word of the kind, for filters, e.g. `heartbeat`.
    pub action: Option<String>,
    /// The person who acted.
    pub user_id: Option<UserId>,
    /// It is a failure.
    pub failed: bool,
    /// The organization concerned, of what is on no board of it.
    pub organization_id: Option<OrganizationId>,
}

impl ActivityEvent {
    /// An event of a dotted kind such as `agent.heartbeat`, now, about nothing in particular yet.
    pub fn new(event_type: impl Into<String>, message: impl Into<String>) -> Self {
        let event_type = event_type.into();
        let action = event_type.rsplit('.').next().map(str::to_owned);
        Self {
            id: ActivityId::random(),
            event_type,
            message: Some(message.into()),
            agent_id: None,
            task_id: None,
            created_at: Timestamp::now(),
            board_id: None,
            action,
            user_id: None,
            failed: false,
            organization_id: None,
        }
    }

    /// The same event as a failure, or not.
    pub fn failed(mut self, failed: bool) -> Self {
        self.failed = failed;
        self
    }

    /// The same event about this agent.
    pub fn agent(mut self, id: AgentId) -> Self {
        self.agent_id = Some(id);
        self
    }

    /// The same event, done by this person.
    pub fn user(mut self, id: UserId) -> Self {
        self.user_id = Some(id);
        self
    }

    /// The same event on this board.
    pub fn board(mut self, id: impl Into<Option<BoardId>>) -> Self {
        self.board_id = id.into();
        self
    }

    /// The same event, which concerns the organization and none of its boards.
    pub fn organization(mut self, id: OrganizationId) -> Self {
        self.organization_id = Some(id);
        self
    }

    /// The same event about this task.
    pub fn task(mut self, id: TaskId) -> Self {
        self.task_id = Some(id);
        self
    }
}
