//! What became of a command, noted in all that is about it.

use mission_control_core::id::{ExecApprovalId, GatewayId};
use mission_control_core::limits::RUNS_AT_ONCE;
use mission_control_core::models::{
    ApprovalStatus, ExecApproval, ExecApprovalState, ExecDecision, StepState,
};
use mission_control_core::rules::runs::{RunFact, note};
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::Event;
use mission_control_store::{StoreError, StoreResult, Tx, approvals, exec_approvals, runs, tasks};

use super::payload::{payload, question};
use crate::approvals::record;
use crate::fleet::Fleet;
use crate::runs::store;

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The gateway took a decision.
    Decided {
        /// Which.
        decision: ExecDecision,
        /// Who decided, in the gateway's word.
        by: Option<String>,
    },
    /// The gateway does not know of it any more.
    Gone,
}

/// The step of its run.
pub(super) fn key_of(exec: &ExecApproval) -> String {
    format!("approval:{}", exec.id)
}

/// The command for an update, and before it its board, as everybody does who decides about approvals.
pub(super) fn claim(tx: &mut Tx<'_>, id: ExecApprovalId) -> StoreResult<Option<ExecApproval>> {
    let Some(exec) = exec_approvals::find(tx, id)? else { return Ok(None) };
    if let Some(board) = exec.board_id {
        tasks::lock_board(tx, board)?;
    }
    exec_approvals::lock(tx, id)
}

/// Notes what became of a command. What the gateway told stays; that it is gone is only presumed.
pub(crate) fn settle(tx: &mut Tx<'_>, id: ExecApprovalId, outcome: &Outcome) -> StoreResult<()> {
    let Some(mut exec) = claim(tx, id)? else { return Ok(()) };
    let now = Timestamp::now();
    if matches!(exec.state, ExecApprovalState::Allowed | ExecApprovalState::Denied) {
        return Ok(());
    }
    match outcome {
        Outcome::Decided { decision, by } => {
            exec.state = match decision {
                ExecDecision::Deny => ExecApprovalState::Denied,
                _ => ExecApprovalState::Allowed,
            };
            exec.decision = Some(*decision);
            // A decision of ours comes back as one of this client.
            if exec.wanted_decision.is_none() {
                exec.decided_by.clone_from(by);
            }
            // Somebody at the gateway was faster than a rule.
            if exec.policy_id.is_some() && exec.wanted_decision != Some(*decision) {
                (exec.policy_id, exec.reason) = (None, None);
                exec.decided_by.clone_from(by);
            }
            exec.error = None;
        }
        Outcome::Gone if !exec.state.is_open() => return Ok(()),
        Outcome::Gone if exec.expires_at <= now => exec.state = ExecApprovalState::Expired,
        Outcome::Gone => exec.state = ExecApprovalState::Lost,
    }
    exec.resolved_at = Some(now);
    exec_approvals::save(tx, &exec)?;
    tell_inbox(tx, &exec)?;
    go_on(tx, &exec, now)
}

/// The gateway could not be told what was decided: it waits again, and says why. People are asked about what a rule had decided.
pub(crate) fn unsent(tx: &mut Tx<'_>, id: ExecApprovalId, why: String) -> StoreResult<()> {
    let Some(mut exec) = claim(tx, id)? else { return Ok(()) };
    if exec.state != ExecApprovalState::Sending {
        return Ok(());
    }
    if exec.expires_at <= Timestamp::now() {
        exec.error = Some(why);
        exec_approvals::save(tx, &exec)?;
        return settle(tx, id, &Outcome::Gone);
    }
    exec.state = ExecApprovalState::Pending;
    (exec.wanted_decision, exec.decided_by_user_id, exec.error) = (None, None, Some(why));
    if exec.policy_id.take().is_none() {
        exec_approvals::save(tx, &exec)?;
        return tell_inbox(tx, &exec);
    }
    exec.reason = None;
    ask(tx, exec)
}

/// Asks people after all.
fn ask(tx: &mut Tx<'_>, mut exec: ExecApproval) -> StoreResult<()> {
    let board = match exec.board_id {
        Some(board) => tasks::lock_board(tx, board)?,
        None => None,
    };
    let asked = board.map(|board| (question(board.id, &exec), board));
    exec.approval_id = asked.as_ref().map(|(approval, _)| approval.id);
    exec_approvals::save(tx, &exec)?;
    let Some((approval, board)) = asked else { return Ok(()) };
    approvals::insert(tx, &approval, &[])?;
    record::tell(tx, &board, Event::ApprovalCreated, approval)
}

/// The approval in the inbox says the same.
fn tell_inbox(tx: &mut Tx<'_>, exec: &ExecApproval) -> StoreResult<()> {
    let (Some(id), Some(board)) = (exec.approval_id, exec.board_id) else { return Ok(()) };
    let Some(board) = tasks::lock_board(tx, board)? else { return Ok(()) };
    let Some(before) = approvals::find_on(tx, board.id, id)? else { return Ok(()) };
    approvals::set_payload(tx, id, &payload(exec))?;
    let (status, why) = match exec.state {
        ExecApprovalState::Allowed => (ApprovalStatus::Approved, None),
        ExecApprovalState::Denied => (ApprovalStatus::Rejected, None),
        ExecApprovalState::Expired => {
            (ApprovalStatus::Rejected, Some("Nobody decided in time: the gateway denied it."))
        }
        ExecApprovalState::Lost => {
            (ApprovalStatus::Rejected, Some("The gateway does not know of it any more."))
        }
        _ => (ApprovalStatus::Pending, None),
    };
    let at_gateway = exec.decided_by.as_ref().map(|by| format!("Decided at the gateway by {by}."));
    let reason = why.map(str::to_owned).or(at_gateway).or_else(|| exec.reason.clone());
    let approval = match before.status == status {
        true => approvals::find_on(tx, board.id, id)?.ok_or(StoreError::NotFound("approval"))?,
        false => approvals::set_status(tx, id, status, exec.decided_by_user_id, reason.as_deref())?,
    };
    record::tell(tx, &board, Event::ApprovalUpdated, approval)
}

/// The run waits no more.
fn go_on(tx: &mut Tx<'_>, exec: &ExecApproval, now: Timestamp) -> StoreResult<()> {
    let Some(id) = exec.run_id else { return Ok(()) };
    let Some(stored) = runs::lock(tx, id)? else { return Ok(()) };
    if let Some(mut step) = runs::step(tx, id, &key_of(exec))? {
        step.state = match exec.state {
            ExecApprovalState::Allowed => StepState::Done,
            _ => StepState::Failed,
        };
        step.output_tail = Some(exec.decision.map_or(exec.state.as_str(), |made| made.as_str()).to_owned());
        step.ended_at = Some(now);
        step.duration_ms = step.started_at.and_then(|at| i64::try_from(now.since(at).as_millis()).ok());
        runs::save_step(tx, &step)?;
    }
    let mut run = stored.clone();
    if !run.state.is_over() {
        note(&mut run, &RunFact::Decided, now);
    }
    store(tx, &run, &stored, Event::RunUpdated)
}

/// Commands of a gateway that nobody decided in time have expired.
///
/// # Errors
/// The database's.
pub async fn expire(fleet: &Fleet, gateway: GatewayId) -> Result<(), StoreError> {
    let now = Timestamp::now();
    let open = fleet.db().read(move |conn| exec_approvals::open_of(conn, gateway, RUNS_AT_ONCE)).await?;
    for exec in open.into_iter().filter(|exec| exec.expires_at <= now) {
        let expire = move |tx: &mut Tx<'_>| match claim(tx, exec.id)? {
            Some(exec) if exec.state == ExecApprovalState::Pending => settle(tx, exec.id, &Outcome::Gone),
            _ => Ok(()),
        };
        fleet.db().write(expire).await?;
    }
    Ok(())
}
