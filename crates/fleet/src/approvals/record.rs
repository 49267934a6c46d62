//! What a change of an approval leaves behind: an event for streams.

use mission_control_core::id::{ApprovalId, UserId};
use mission_control_core::models::{Approval, ApprovalStatus, Board};
use mission_control_shapes::ApprovalRead;
use mission_control_shapes::events::{ApprovalChanged, Event, TaskApprovals};
use mission_control_store::{StoreResult, Tx, approvals};

use super::{ApprovalError, reads};

/// Tells streams how an approval is now.
pub(crate) fn tell(
    tx: &mut Tx<'_>,
    board: &Board,
    event: fn(ApprovalChanged) -> Event,
    approval: Approval,
) -> StoreResult<()> {
    read(tx, board, event, approval).map(drop)
}

/// Answers a question of a rule's own that is needless now: nobody has to decide it, and `why` says so.
pub(crate) fn withdraw(
    tx: &mut Tx<'_>,
    board: &Board,
    id: ApprovalId,
    to: ApprovalStatus,
    why: &str,
) -> StoreResult<()> {
    let waits = approvals::find_on(tx, board.id, id)?
        .is_some_and(|approval| approval.status == ApprovalStatus::Pending);
    if !waits {
        return Ok(());
    }
    let approval = approvals::set_status(tx, id, to, None::<UserId>, Some(why))?;
    tell(tx, board, Event::ApprovalUpdated, approval)
}

/// Tells streams how an approval is now, and returns it.
pub(super) fn happened(
    tx: &mut Tx<'_>,
    board: &Board,
    event: fn(ApprovalChanged) -> Event,
    approval: Approval,
) -> Result<ApprovalRead, ApprovalError> {
    read(tx, board, event, approval)?.ok_or(ApprovalError::NotFound("approval"))
}

fn read(
    tx: &mut Tx<'_>,
    board: &Board,
    event: fn(ApprovalChanged) -> Event,
    approval: Approval,
) -> StoreResult<Option<ApprovalRead>> {
    let Some(read) = reads(tx, vec![approval])?.into_iter().next() else { return Ok(None) };
    let waiting = approvals::count(tx, board.id, Some(ApprovalStatus::Pending))?;
    let counts = approvals::counts(tx, board.id, &read.task_ids)?;
    let of_task = |id| {
        let counts: &approvals::Counts = counts.get(id)?;
        Some(TaskApprovals {
            task_id: *id,
            approvals_count: counts.total,
            approvals_pending_count: counts.pending,
        })
    };
    let of_tasks: Vec<TaskApprovals> = read.task_ids.iter().filter_map(of_task).collect();
    let changed = ApprovalChanged::new(read.clone(), waiting, of_tasks);
    tx.append(event(changed).organization(board.organization_id).board(board.id));
    Ok(Some(read))
}
