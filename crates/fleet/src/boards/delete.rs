//! Deleting a board: its agents leave their gateway first.

use mission_control_core::id::BoardId;
use mission_control_store::{boards, jobs};

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::kind::Kind;
use crate::jobs::kinds::DeleteBoard;
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
            Ok::<_, FleetError>(jobs::enqueue(tx, DeleteBoard { board: id }.job(caller.organization)?)?)
        })
        .await?;
    fleet.reply(job, "Gateway cleanup failed").await
}
