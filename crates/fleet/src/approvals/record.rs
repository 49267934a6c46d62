//! What a change of an approval leaves behind: an event for streams.

use mission_control_core::events::EventKind;
use mission_control_core::models::{Approval, ApprovalStatus, Board, NewEvent};
use mission_control_shapes::ApprovalRead;
use mission_control_shapes::events::{TaskApprovals, approval_payload};
use mission_control_store::{StoreResult, Tx, approvals};

use super::{ApprovalError, reads};

/// Tells streams how an approval is now.
pub(crate) fn tell(tx: &mut Tx<'_>, board: &Board, kind: EventKind, approval: Approval) -> StoreResult<()> {
    read(tx, board, kind, approval).map(drop)
}

/// The same, and returns it.
pub(super) fn happened(
    tx: &mut Tx<'_>,
    board: &Board,
    kind: EventKind,
    approval: Approval,
) -> Result<ApprovalRead, ApprovalError> {
    read(tx, board, kind, approval)?.ok_or(ApprovalError::NotFound("approval"))
}

fn read(
    tx: &mut Tx<'_>,
    board: &Board,
    kind: EventKind,
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
    let payload = approval_payload(&read, waiting, &of_tasks);
    tx.append(NewEvent::new(kind, payload).organization(board.organization_id).board(board.id));
    Ok(Some(read))
}
