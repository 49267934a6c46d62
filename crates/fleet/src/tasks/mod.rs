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
mod notify;
mod patch;
mod read;
mod record;
mod update;

use mission_control_core::id::BoardId;
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
