//! A command as the inbox shows it.

use mission_control_core::id::BoardId;
use mission_control_core::models::{Approval, ExecApproval};
use mission_control_core::rules::approvals::EXEC;
use serde_json::{Value, json};

/// What the inbox shows of it.
pub(super) fn payload(exec: &ExecApproval) -> Value {
    json!({
        "reason": "The agent wants to run a command, and its gateway asks before.",
        "exec_approval_id": exec.id,
        "command": exec.command,
        "cwd": exec.cwd,
        "host": exec.host,
        "warning": exec.warning,
        "allowed_decisions": exec.allowed_decisions,
        "expires_at": exec.expires_at,
        "run_id": exec.run_id,
        "about_task_id": exec.task_id,
        "state": exec.state,
        "decision": exec.decision,
        "decided_by": exec.decided_by,
        "error": exec.error,
    })
}

/// The question about it in the inbox of a board.
pub(super) fn question(board: BoardId, exec: &ExecApproval) -> Approval {
    Approval {
        agent_id: Some(exec.agent_id),
        payload: Some(payload(exec)),
        ..Approval::new(board, EXEC, 0.0)
    }
}
