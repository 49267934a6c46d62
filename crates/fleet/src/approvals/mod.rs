//! Approvals: agents and people ask for a decision, people decide, the board's lead is told. The rules are in `core`;
//! here they are asked with what the database says, and the outcome is written with its event and the message to the
//! lead, in one transaction.

mod create;
mod decide;
mod error;
mod read;
pub(crate) mod record;

use mission_control_core::id::BoardId;
use mission_control_core::models::ApprovalStatus;
use mission_control_shapes::ApprovalRead;
use mission_control_store::{Listing, Page, StoreError, approvals};

use crate::fleet::Fleet;

pub use create::{Asker, NewApproval, create};
pub use decide::{Decision, decide};
pub use error::ApprovalError;
pub use read::reads;

/// The approvals of a board, of this status or of any, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    fleet: &Fleet,
    board: BoardId,
    status: Option<ApprovalStatus>,
    page: Page,
) -> Result<Listing<ApprovalRead>, StoreError> {
    fleet
        .db()
        .read(move |conn| {
            approvals::list(conn, board, status, page)?.try_map_all(|approvals| reads(conn, approvals))
        })
        .await
}
