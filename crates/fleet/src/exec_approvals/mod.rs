//! Commands of agents that wait for a decision on their gateway.
//!
//! What a gateway asks is a row here, and an approval in the inbox of the agent's board: deciding either decides both, and a
//! job tells the gateway. What was decided elsewhere, expired or got lost is noted in both as well.

mod decide;
mod error;
mod notice;
mod payload;
mod settle;

use mission_control_core::id::ExecApprovalId;
use mission_control_core::models::ExecApproval;
use mission_control_shapes::ExecApprovalRead;
use mission_control_store::exec_approvals::{self, ExecApprovalFilter};
use mission_control_store::{Listing, Page, StoreError};

pub use decide::{ExecChoice, decide};
pub(crate) use decide::{choose, command_of};
pub use error::ExecDecisionError;
pub use notice::{asked, resolved, still_waiting};
pub use settle::expire;
pub(crate) use settle::{Outcome, settle, unsent};

use crate::fleet::Fleet;

/// The commands that a filter shows, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    fleet: &Fleet,
    filter: ExecApprovalFilter,
    page: Page,
) -> Result<Listing<ExecApprovalRead>, StoreError> {
    let listing = fleet.db().read(move |conn| exec_approvals::list(conn, &filter, page)).await?;
    Ok(listing.map(|exec| ExecApprovalRead::from(&exec)))
}

/// The command of this id.
///
/// # Errors
/// The database's.
pub async fn find(fleet: &Fleet, id: ExecApprovalId) -> Result<Option<ExecApproval>, StoreError> {
    fleet.db().read(move |conn| exec_approvals::find(conn, id)).await
}
