//! Tasks: what people and agents do with them. The rules are in `core`; here they are asked with what the database says,
//! and the outcome is written with its activity, its events and the messages to agents, in one transaction.

mod actor;
mod advice;
mod changes;
mod checks;
mod claim;
mod comment;
mod create;
mod delete;
mod error;
mod mentioned;
mod notify;
mod patch;
mod place;
mod read;
mod record;
mod release;
mod stale;
mod stale_rule;
mod update;

use mission_control_core::id::{BoardId, UserId};
use mission_control_shapes::TaskRead;
use mission_control_store::tasks::TaskFilter;
use mission_control_store::{Listing, Page, StoreError, tasks};

use crate::fleet::Fleet;

pub use actor::Actor;
pub use advice::Advice;
pub use claim::claim;
pub use comment::{comment, comments};
pub use create::{NewTask, create};
pub use delete::delete;
pub use error::TaskError;
pub use patch::TaskPatch;
pub use read::{brief_reads, reads};
pub(crate) use release::release;
pub(crate) use stale::{decided as stale_decided, sweep as settle_stale};
pub use stale_rule::{change_stale_rule, stale_rule};
pub use update::update;

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

/// The tasks on these boards that a person has and that are not done, those that were given last first.
///
/// # Errors
/// The database's.
pub async fn held(
    fleet: &Fleet,
    boards: Vec<BoardId>,
    person: UserId,
    page: Page,
) -> Result<Listing<TaskRead>, StoreError> {
    fleet
        .db()
        .read(move |conn| {
            tasks::held(conn, &boards, person, page)?.try_map_all(|tasks| brief_reads(conn, tasks))
        })
        .await
}
