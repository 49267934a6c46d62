//! Deciding.

use mission_control_core::id::{ApprovalId, BoardId, UserId};
use mission_control_core::limits::DECISIONS;
use mission_control_core::models::{ApprovalStatus, Board, ExecDecision, MessageKind};
use mission_control_core::rules::approvals::{Step, step};
use mission_control_core::rules::version::{Changed, Seen};
use mission_control_shapes::ApprovalRead;
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_store::{StoreError, Tx, agents, approvals, tasks};
use serde_json::json;

use super::create::require_free;
use super::{ApprovalError, reads, record};
use crate::exec_approvals::{self, ExecChoice, ExecDecisionError};
use crate::fleet::Fleet;
use crate::say::{Words, say};
use crate::text::one_line;
use crate::{breaker, budgets, tasks as work};

/// What a person wants of an approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Approved, rejected, or pending again; `None` leaves it as it is.
    pub status: Option<ApprovalStatus>,
    /// Why, for the agents that wait.
    pub reason: Option<String>,
    /// The person.
    pub by: UserId,
    /// What the person saw of it.
    pub seen: Seen,
}

/// Decides an approval, or takes the decision back. Either is noted with its maker, and told to the board's lead and to the
/// agent that asked.
///
/// # Errors
/// A missing approval; one that is not what the person saw; one that was decided before; one that cannot wait again because a task of it waits for another;
/// the database.
pub async fn decide(
    fleet: &Fleet,
    board: BoardId,
    id: ApprovalId,
    decision: Decision,
) -> Result<ApprovalRead, ApprovalError> {
    fleet.db().write(move |tx| write(tx, board, id, &decision)).await
}

fn write(
    tx: &mut Tx<'_>,
    board: BoardId,
    id: ApprovalId,
    decision: &Decision,
) -> Result<ApprovalRead, ApprovalError> {
    let missing = ApprovalError::NotFound("approval");
    let board = tasks::lock_board(tx, board)?.ok_or(ApprovalError::NotFound("board"))?;
    let Some(approval) = approvals::find_on(tx, board.id, id)? else { return Err(missing) };
    let from = approval.status;
    let exec = exec_approvals::command_of(tx, &approval)?;
    let read = reads(tx, vec![approval])?.into_iter().next().ok_or(missing)?;
    read.as_seen().require(&decision.seen).map_err(|changed| Changed {
        by: read.decisions.last().and_then(|last| last.user_name.clone()),
        ..changed
    })?;
    let Some(to) = decision.status else { return Ok(read) };
    let step = step(from, to)?;
    if step == Step::Stays {
        return Ok(read);
    }
    if let Some(exec) = exec {
        if step == Step::Reopened {
            return Err(ExecDecisionError::Over(exec.state).into());
        }
        let made = if to == ApprovalStatus::Approved { ExecDecision::Once } else { ExecDecision::Deny };
        let choice = ExecChoice { decision: made, reason: decision.reason.clone(), by: decision.by };
        exec_approvals::choose(tx, exec.id, &choice)?;
        // The gateway tells the agent: its tool goes on.
        let approval = approvals::set_status(tx, id, to, decision.by, decision.reason.as_deref())?;
        return record::happened(tx, &board, Event::ApprovalUpdated, approval);
    }
    if step == Step::Reopened {
        // What is reopened can be decided once more.
        if read.decisions.len() + 2 > DECISIONS {
            return Err(ApprovalError::ReopenedTooOften);
        }
        require_free(tx, &board, &read.task_ids, Some(id))?;
    }
    let approval = approvals::set_status(tx, id, to, decision.by, decision.reason.as_deref())?;
    let is = json!({ "status": to.as_str(), "decision_reason": decision.reason });
    tx.changed(EventSubject::Approval, id, json!({ "status": from.as_str() }), is);
    budgets::decided(tx, &approval, to)?;
    breaker::decided(tx, &board, &approval, to)?;
    work::stale_decided(tx, &board, &approval, to)?;
    let read = record::happened(tx, &board, Event::ApprovalUpdated, approval)?;
    tell_lead(tx, &board, &read)?;
    tell_asker(tx, &board, &read)?;
    Ok(read)
}

fn tell_lead(tx: &mut Tx<'_>, board: &Board, approval: &ApprovalRead) -> Result<(), StoreError> {
    let Some(lead) = agents::lead_of(tx, board.id)? else { return Ok(()) };
    let (id, status) = (approval.id, approval.status);
    let words = Words::new(MessageKind::Approval, text(board, approval)).about(approval.task_id).traced(
        ("approval.lead_notified", format!("Lead agent notified for {status} approval {id}.")),
        ("approval.lead_notify_failed", format!("Lead notify failed for approval {id}")),
    );
    say(tx, board.organization_id, &lead, words)
}

/// The agent that waits for the decision, unless it is the lead.
fn tell_asker(tx: &mut Tx<'_>, board: &Board, approval: &ApprovalRead) -> Result<(), StoreError> {
    let Some(id) = approval.agent_id else { return Ok(()) };
    let asker =
        agents::find(tx, id)?.filter(|agent| agent.board_id == Some(board.id) && !agent.is_board_lead);
    let Some(asker) = asker else { return Ok(()) };
    let words = Words::new(MessageKind::Approval, text(board, approval)).about(approval.task_id);
    say(tx, board.organization_id, &asker, words)
}

fn text(board: &Board, approval: &ApprovalRead) -> String {
    let (headline, advice) = match approval.status {
        ApprovalStatus::Approved => ("APPROVAL RESOLVED", "The decision stands: take the step and go on."),
        ApprovalStatus::Rejected => (
            "APPROVAL RESOLVED",
            "The decision stands: do not take the step; change the plan, or ask again with better reasons.",
        ),
        ApprovalStatus::Pending | ApprovalStatus::Foreign(_) => (
            "APPROVAL REOPENED",
            "The decision was taken back: do not take the step, and wait for another decision.",
        ),
    };
    let mut lines = vec![
        headline.to_owned(),
        format!("Board: {}", one_line(&board.name)),
        format!("Approval ID: {}", approval.id),
        format!("Action: {}", one_line(&approval.action_type)),
        format!("Decision: {}", approval.status),
        format!("Confidence: {}", approval.confidence),
    ];
    if let Some(reason) = &approval.decision_reason {
        lines.push(format!("Reason: {}", one_line(reason)));
    }
    lines.extend(approval.task_ids.iter().map(|id| format!("Task ID: {id}")));
    format!("{}\n\n{advice}", lines.join("\n"))
}
