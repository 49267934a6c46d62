//! Tasks: what people and agents do with them. The rules are in `core`; here they are asked with what the database says,
//! and the outcome is written with its activity, its events and the messages to agents, in one transaction.

mod advice;
mod changes;
mod checks;
mod claim;
mod comment;
mod create;
mod delete;
mod error;
mod notify;
mod read;
mod record;
mod update;

use mission_control_core::id::{AgentId, BoardId, UserId};
use mission_control_core::models::{ActivityEvent, Agent};
use mission_control_core::rules::task_status::Mover;
use mission_control_store::tasks::TaskFilter;
use mission_control_store::{Listing, Page, StoreError, tasks};

use crate::fleet::Fleet;

pub use advice::Advice;
pub use claim::claim;
pub use comment::{comment, comments};
pub use create::{NewTask, create};
pub use delete::delete;
pub use error::{Refused, TaskError};
pub use read::{CommentRead, TagRef, TaskRead, brief_reads, reads};
pub use update::{TaskPatch, update};

/// Who acts on a task. That they may act on its board is checked before.
#[derive(Debug, Clone)]
pub enum Actor {
    /// A person.
    Person(UserId),
    /// An agent.
    Agent(Box<Agent>),
}

impl Actor {
    fn agent(&self) -> Option<&Agent> {
        match self {
            Self::Person(_) => None,
            Self::Agent(agent) => Some(agent),
        }
    }

    fn agent_id(&self) -> Option<AgentId> {
        self.agent().map(|agent| agent.id)
    }

    /// The event, done by this actor.
    fn signs(&self, event: ActivityEvent) -> ActivityEvent {
        match self {
            Self::Person(id) => event.user(*id),
            Self::Agent(agent) => event.agent(agent.id),
        }
    }

    fn lead(&self) -> Option<&Agent> {
        self.agent().filter(|agent| agent.is_board_lead)
    }

    fn mover(&self) -> Mover {
        match self {
            Self::Person(_) => Mover::Person,
            Self::Agent(agent) if agent.is_board_lead => Mover::Lead,
            Self::Agent(agent) => Mover::Worker(agent.id),
        }
    }
}

/// The tasks that a filter shows, newest first.
///
/// # Errors
/// The database's.
pub async fn list(fleet: &Fleet, filter: TaskFilter, page: Page) -> Result<Listing<TaskRead>, StoreError> {
    let board: BoardId = filter.board_id;
    fleet
        .db()
        .read(move |conn| tasks::list(conn, &filter, page)?.try_map_all(|tasks| reads(conn, board, tasks)))
        .await
}
