//! Asking for a decision.

use mission_control_core::id::{AgentId, ApprovalId, BoardId, TaskId, UserId};
use mission_control_core::models::{Approval, ApprovalStatus, Board};
use mission_control_core::rules::access::serves;
use mission_control_shapes::ApprovalRead;
use mission_control_shapes::events::Event;
use mission_control_store::{Conn, Tx, agents, approvals, tasks};
use serde_json::{Map, Value};

use super::{ApprovalError, record};
use crate::fleet::Fleet;

/// Who asks for a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// A person, who may also note a decision that was made elsewhere, and ask in the name of an agent.
    Person(UserId),
    /// An agent, who asks for itself, and whose approvals wait for a person whatever it says.
    Agent(AgentId),
}

/// An approval to create.
#[derive(Debug, Clone, PartialEq)]
pub struct NewApproval {
    /// What kind of step it is.
    pub action_type: String,
    /// The tasks that it is about, each once; tasks of the board.
    pub task_ids: Vec<TaskId>,
    /// The agent that wants to take the step; what an agent says here counts for nothing, since it is that agent itself.
    pub agent_id: Option<AgentId>,
    /// Particulars, the reason among them.
    pub payload: Map<String, Value>,
    /// How sure the agent is, from 0 to 100.
    pub confidence: f64,
    /// Scores by criterion.
    pub rubric_scores: Option<Map<String, Value>>,
    /// The decision, if there is one already.
    pub status: ApprovalStatus,
}

/// Creates an approval.
///
/// # Errors
/// A missing board, task or agent; a task that has a pending approval already; the database.
pub async fn create(
    fleet: &Fleet,
    board: BoardId,
    asker: Asker,
    new: NewApproval,
) -> Result<ApprovalRead, ApprovalError> {
    fleet.db().write(move |tx| write(tx, board, asker, new)).await
}

fn write(
    tx: &mut Tx<'_>,
    board: BoardId,
    asker: Asker,
    new: NewApproval,
) -> Result<ApprovalRead, ApprovalError> {
    // Two at once must not both find the tasks free, and a task must not move or go meanwhile.
    let board = tasks::lock_board(tx, board)?.ok_or(ApprovalError::NotFound("board"))?;
    require_tasks(tx, &board, &new)?;
    let (status, agent_id, decided_by) = match asker {
        Asker::Person(_) if new.status == ApprovalStatus::Pending => (new.status, new.agent_id, None),
        Asker::Person(person) => (new.status, new.agent_id, Some(person)),
        Asker::Agent(agent) => (ApprovalStatus::Pending, Some(agent), None),
    };
    if let Asker::Person(_) = asker {
        require_agent(tx, &board, agent_id)?;
    }
    if status == ApprovalStatus::Pending {
        require_free(tx, &board, &new.task_ids, None)?;
    }
    let approval = Approval {
        task_id: new.task_ids.first().copied(),
        agent_id,
        resolved_by_user_id: decided_by,
        payload: Some(Value::Object(new.payload)),
        rubric_scores: new.rubric_scores.map(Value::Object),
        status,
        ..Approval::new(board.id, new.action_type, new.confidence)
    };
    approvals::insert(tx, &approval, &new.task_ids)?;
    record::happened(tx, &board, Event::ApprovalCreated, approval)
}

/// The tasks are the board's.
fn require_tasks(conn: &mut Conn, board: &Board, new: &NewApproval) -> Result<(), ApprovalError> {
    match tasks::find_all(conn, board.id, &new.task_ids)?.len() == new.task_ids.len() {
        true => Ok(()),
        false => Err(ApprovalError::NotFound("task")),
    }
}

/// The agent works on the board, or is the main agent of its gateway.
fn require_agent(conn: &mut Conn, board: &Board, id: Option<AgentId>) -> Result<(), ApprovalError> {
    let Some(id) = id else { return Ok(()) };
    match agents::find(conn, id)? {
        Some(agent) if serves(&agent, board) => Ok(()),
        _ => Err(ApprovalError::NotFound("agent")),
    }
}

/// None of the tasks waits for another decision.
pub(super) fn require_free(
    conn: &mut Conn,
    board: &Board,
    tasks: &[TaskId],
    except: Option<ApprovalId>,
) -> Result<(), ApprovalError> {
    match approvals::pending_conflicts(conn, board.id, tasks, except)? {
        conflicts if conflicts.is_empty() => Ok(()),
        conflicts => Err(ApprovalError::Pending(conflicts)),
    }
}
