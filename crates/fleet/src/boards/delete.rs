//! Deleting a board: its agents leave their gateway first.

use mission_control_core::id::BoardId;
use mission_control_store::{boards, jobs};

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::payload::DeleteBoard;
use crate::jobs::task::Task;
use crate::wait::Reply;

/// Deletes a board with everything of it.
///
/// # Errors
/// A missing board; the gateway's refusal, and then the board stays.
pub async fn delete(fleet: &Fleet, caller: Caller, id: BoardId) -> Result<Reply<()>, FleetError> {
    let job = fleet
        .db()
        .write(move |tx| {
            boards::find_in(tx, caller.organization, id)?.ok_or(FleetError::not_found("Board"))?;
            let mut job = Task::DeleteBoard(DeleteBoard { board: id }).job(caller.organization);
            job.dedupe_key = Some(format!("board.delete:{id}"));
            Ok::<_, FleetError>(jobs::enqueue(tx, job)?)
        })
        .await?;
    fleet.reply(job, "Gateway cleanup failed").await
}
