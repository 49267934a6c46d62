//! Deciding about a command.

use mission_control_core::id::{ExecApprovalId, JobId, UserId};
use mission_control_core::models::{Approval, ApprovalStatus, ExecApproval, ExecApprovalState, ExecDecision};
use mission_control_core::rules::approvals::EXEC;
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::Event;
use mission_control_store::{StoreResult, Tx, approvals, exec_approvals, jobs, tasks};

use super::error::ExecDecisionError;
use crate::approvals::record;
use crate::fleet::Fleet;
use crate::jobs::kind::Kind;
use crate::jobs::kinds::ResolveExec;
use crate::wait::Reply;
use mission_control_shapes::ExecApprovalRead;

/// What a person wants of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExecChoice {
    /// The decision.
    pub decision: ExecDecision,
    /// Why.
    pub reason: Option<String>,
    /// The person.
    pub by: UserId,
}

/// Decides about a command, and tells its gateway.
///
/// # Errors
/// A command that does not wait; a decision that its gateway does not take; a gateway that does not hear; the database.
pub async fn decide(
    fleet: &Fleet,
    id: ExecApprovalId,
    choice: ExecChoice,
) -> Result<Reply<ExecApprovalRead>, ExecDecisionError> {
    let job = fleet.db().write(move |tx| write(tx, id, &choice)).await?;
    let settled = fleet.reply(job, "The gateway could not be told").await?;
    let now = fleet.db().read(move |conn| exec_approvals::find(conn, id)).await?;
    let now = now.ok_or(ExecDecisionError::NotFound)?;
    Ok(settled.map(|()| ExecApprovalRead::from(&now)))
}

fn write(tx: &mut Tx<'_>, id: ExecApprovalId, choice: &ExecChoice) -> Result<JobId, ExecDecisionError> {
    let exec = exec_approvals::find(tx, id)?.ok_or(ExecDecisionError::NotFound)?;
    // The board first, as everybody does who decides about approvals.
    let board = match exec.board_id {
        Some(board) => tasks::lock_board(tx, board)?,
        None => None,
    };
    let job = choose(tx, id, choice)?;
    if let (Some(board), Some(approval)) = (board, exec.approval_id)
        && approvals::find_on(tx, board.id, approval)?.is_some()
    {
        let status = match choice.decision {
            ExecDecision::Deny => ApprovalStatus::Rejected,
            _ => ApprovalStatus::Approved,
        };
        let decided = approvals::set_status(tx, approval, status, choice.by, choice.reason.as_deref())?;
        record::tell(tx, &board, Event::ApprovalUpdated, decided)?;
    }
    Ok(job)
}

/// Notes what was decided about a command; the job tells its gateway.
pub(crate) fn choose(
    tx: &mut Tx<'_>,
    id: ExecApprovalId,
    choice: &ExecChoice,
) -> Result<JobId, ExecDecisionError> {
    let mut exec = exec_approvals::lock(tx, id)?.ok_or(ExecDecisionError::NotFound)?;
    if exec.state != ExecApprovalState::Pending {
        return Err(ExecDecisionError::Over(exec.state));
    }
    if exec.expires_at <= Timestamp::now() {
        return Err(ExecDecisionError::Over(ExecApprovalState::Expired));
    }
    let allowed = exec.decisions();
    if !allowed.contains(&choice.decision) {
        return Err(ExecDecisionError::Unavailable { wanted: choice.decision, allowed });
    }
    exec.state = ExecApprovalState::Sending;
    (exec.wanted_decision, exec.decided_by_user_id) = (Some(choice.decision), Some(choice.by));
    (exec.reason, exec.error) = (choice.reason.clone(), None);
    exec_approvals::save(tx, &exec)?;
    let job = ResolveExec { exec: exec.id, gateway: exec.gateway_id };
    Ok(jobs::enqueue(tx, job.job(exec.organization_id)?)?)
}

/// The command that an approval is about, if it is about one.
pub(crate) fn command_of(tx: &mut Tx<'_>, approval: &Approval) -> StoreResult<Option<ExecApproval>> {
    match approval.action_type.as_str() {
        EXEC => exec_approvals::of_approval(tx, approval.id),
        _ => Ok(None),
    }
}
