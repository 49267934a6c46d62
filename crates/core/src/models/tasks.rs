//! Tasks and their words; also the words of approvals.

use diesel::prelude::*;

use super::text_enum::text_enum;
use crate::id::{AgentId, BoardId, TaskDependencyId, TaskId, UserId};
use crate::rules::assignee::Assignee;
use crate::rules::priority;
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// The column of the board in which a task is.
    stored TaskStatus {
        /// Not started.
        Inbox = "inbox",
        /// Worked on.
        InProgress = "in_progress",
        /// Finished, to be looked at.
        Review = "review",
        /// Finished.
        Done = "done",
    }
}

text_enum! {
    /// Whether a risky step may be taken.
    stored ApprovalStatus {
        /// Nobody decided yet.
        Pending = "pending",
        /// It may.
        Approved = "approved",
        /// It may not.
        Rejected = "rejected",
    }
}

/// A task on a board.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::tasks, treat_none_as_default_value = false)]
pub struct Task {
    /// Key.
    pub id: TaskId,
    /// Its board.
    pub board_id: Option<BoardId>,
    /// What is to be done, in a line.
    pub title: String,
    /// What is to be done, at length.
    pub description: Option<String>,
    /// The column of the board.
    pub status: TaskStatus,
    /// A word; clients use `low`, `medium`, `high`.
    pub priority: String,
    /// When it should be done.
    pub due_at: Option<Timestamp>,
    /// Since when it is worked on, while it is.
    pub in_progress_at: Option<Timestamp>,
    /// The person who created it; none when an agent did.
    pub created_by_user_id: Option<UserId>,
    /// The agent that works on it, or reviews it.
    pub assigned_agent_id: Option<AgentId>,
    /// An agent created it.
    pub auto_created: bool,
    /// Which agent created it, for readers of the reference: `lead_agent:<id>`.
    pub auto_reason: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Since when it was worked on before it last left `in_progress`.
    pub previous_in_progress_at: Option<Timestamp>,
    /// Its number on the board, given when it is stored; 0 without a board.
    pub number: i32,
    /// The lead that created it.
    pub created_by_agent_id: Option<AgentId>,
    /// The worker that last moved it to review.
    pub handed_in_by_agent_id: Option<AgentId>,
    /// When its title or description was last changed; none while it says what it said first.
    pub rewritten_at: Option<Timestamp>,
    /// The person who works on it; never beside an agent.
    pub assigned_user_id: Option<UserId>,
    /// Since when whoever has it has it; none of what was given before this was written down.
    pub assigned_at: Option<Timestamp>,
    /// The person who had it when it was last moved to review; none when that was an agent's doing.
    pub handed_in_by_user_id: Option<UserId>,
    /// Its place in the order that people give the board; given when it is stored.
    pub rank: String,
}

impl Task {
    /// A task in the inbox of a board, of medium priority, that nobody works on.
    pub fn new(board_id: BoardId, title: impl Into<String>) -> Self {
        let now = Timestamp::now();
        Self {
            id: TaskId::random(),
            board_id: Some(board_id),
            title: title.into(),
            description: None,
            status: TaskStatus::Inbox,
            priority: priority::USUAL.to_owned(),
            due_at: None,
            in_progress_at: None,
            created_by_user_id: None,
            assigned_agent_id: None,
            auto_created: false,
            auto_reason: None,
            created_at: now,
            updated_at: now,
            previous_in_progress_at: None,
            number: 0,
            created_by_agent_id: None,
            handed_in_by_agent_id: None,
            rewritten_at: None,
            assigned_user_id: None,
            assigned_at: None,
            handed_in_by_user_id: None,
            rank: String::new(),
        }
    }

    /// Who has it.
    pub const fn assignee(&self) -> Option<Assignee> {
        Assignee::of(self.assigned_agent_id, self.assigned_user_id)
    }

    /// Who had it when it was last handed in for review.
    pub const fn handed_in_by(&self) -> Option<Assignee> {
        Assignee::of(self.handed_in_by_agent_id, self.handed_in_by_user_id)
    }
}

/// A task waits for another of its board.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::task_dependencies, treat_none_as_default_value = false)]
pub struct TaskDependency {
    /// Key.
    pub id: TaskDependencyId,
    /// The board of both.
    pub board_id: BoardId,
    /// The task that waits.
    pub task_id: TaskId,
    /// The task that it waits for.
    pub depends_on_task_id: TaskId,
    /// When the dependency was made.
    pub created_at: Timestamp,
}

/// Changes to a [`Task`].
#[derive(Debug, Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::tasks)]
pub struct TaskChanges {
    pub title: Option<String>,
    pub description: Option<Option<String>>,
    pub status: Option<TaskStatus>,
    pub priority: Option<String>,
    pub due_at: Option<Option<Timestamp>>,
    pub in_progress_at: Option<Option<Timestamp>>,
    pub assigned_agent_id: Option<Option<AgentId>>,
    pub previous_in_progress_at: Option<Option<Timestamp>>,
    pub handed_in_by_agent_id: Option<Option<AgentId>>,
    pub rewritten_at: Option<Timestamp>,
    pub assigned_user_id: Option<Option<UserId>>,
    pub assigned_at: Option<Option<Timestamp>>,
    pub handed_in_by_user_id: Option<Option<UserId>>,
}
