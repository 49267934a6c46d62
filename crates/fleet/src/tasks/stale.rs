//! Stale tasks: those in progress whose agents do nothing are marked, and then released or asked about, as the board has it.
//!
//! A job looks at them each minute. It decides with everything read under the lock of the board, so it may run twice, or in two
//! workers at once. What is to be done is a rule of `core`.

use std::collections::HashMap;

use mission_control_core::id::{AgentId, ApprovalId, BoardId, TaskId};
use mission_control_core::limits::{STALE_LOOK, TOLD_TASK};
use mission_control_core::models::{
    ActivityEvent, Agent, AgentStatus, Approval, ApprovalStatus, Board, BoardStaleRule, ConnectionState,
    StaleRule, StaleTask, Task, TaskStatus,
};
use mission_control_core::rules::approvals::STALE_TASK;
use mission_control_core::rules::assignee::Assignee;
use mission_control_core::rules::fence;
use mission_control_core::rules::stale::{Absence, Step, absence, in_words, step};
use mission_control_core::rules::task_status::Placement;
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::Event;
use mission_control_store::tasks::{self, comments, stale};
use mission_control_store::{
    Conn, StoreError, StoreResult, Tx, agents, approvals, boards, budgets, gateways,
};
use serde_json::json;

use super::stale_rule::of_board;
use super::update::moved;
use super::{TaskPatch, changes, notify, record};
use crate::approvals::record as inbox;
use crate::fleet::Fleet;
use crate::text::shortened;

/// Looks at every task in progress that an agent has, and does what is to be done; returns for how many there was something.
pub(crate) async fn sweep(fleet: &Fleet) -> Result<usize, StoreError> {
    let outdated: Result<_, StoreError> = fleet.db().read(|conn| stale::outdated(conn, STALE_LOOK)).await;
    let mut count = settle_all(fleet, outdated?).await?;
    let mut after = None;
    loop {
        let page: Result<Vec<Task>, StoreError> =
            fleet.db().read(move |conn| stale::held_by_agents(conn, after, STALE_LOOK)).await;
        let page = page?;
        let Some(last) = page.last().map(|task| task.id) else { return Ok(count) };
        after = Some(last);
        let concerned: Result<_, StoreError> = fleet.db().read(move |conn| concerned(conn, page)).await;
        count += settle_all(fleet, concerned?).await?;
    }
}

/// Those of these tasks for which there is something to do now.
fn concerned(conn: &mut Conn, held: Vec<Task>) -> StoreResult<Vec<(TaskId, BoardId)>> {
    let now = Timestamp::now();
    let ids: Vec<TaskId> = held.iter().map(|task| task.id).collect();
    let marks = stale::of_tasks(conn, &ids)?;
    let mut absences: HashMap<AgentId, Option<Absence>> = HashMap::new();
    let mut rules: HashMap<BoardId, BoardStaleRule> = HashMap::new();
    let mut concerned = Vec::new();
    for task in held {
        let (Some(board), Some(holder)) = (task.board_id, task.assigned_agent_id) else { continue };
        let found = match absences.get(&holder) {
            Some(found) => *found,
            None => {
                let agent = agents::find(conn, holder)?;
                let found = agent.map(|agent| absence_of(conn, &agent, now)).transpose()?.flatten();
                absences.insert(holder, found);
                found
            }
        };
        let mark = marks.get(&task.id);
        if found.is_none() && mark.is_none() {
            continue;
        }
        let rule = match rules.get(&board) {
            Some(rule) => *rule,
            None => {
                let Some(row) = boards::find(conn, board)? else { continue };
                let rule = rule_now(conn, &row)?;
                rules.insert(board, rule);
                rule
            }
        };
        if step(found, mark, &rule, now) != Step::Nothing {
            concerned.push((task.id, board));
        }
    }
    Ok(concerned)
}

/// The rule of a board. While the board is paused everything stays where it is: nobody else would take it up.
fn rule_now(conn: &mut Conn, board: &Board) -> StoreResult<BoardStaleRule> {
    let rule = of_board(conn, board.id)?;
    Ok(match board.paused_at {
        Some(_) => BoardStaleRule { rule: StaleRule::Keep, ..rule },
        None => rule,
    })
}

fn absence_of(conn: &mut Conn, agent: &Agent, now: Timestamp) -> StoreResult<Option<Absence>> {
    let pause = match agent.paused_at {
        Some(_) => budgets::pause_of(conn, agent.id)?,
        None => None,
    };
    let gateway = gateways::find(conn, agent.gateway_id)?;
    let state = gateway.map_or(ConnectionState::Unknown, |gateway| gateway.connection_state);
    Ok(absence(agent, pause.as_ref(), state, now))
}

async fn settle_all(fleet: &Fleet, tasks: Vec<(TaskId, BoardId)>) -> Result<usize, StoreError> {
    let count = tasks.len();
    for (task, board) in tasks {
        let settled: Result<(), StoreError> = fleet.db().write(move |tx| settle(tx, board, task)).await;
        settled?;
    }
    Ok(count)
}

/// Does what is to be done about one task.
fn settle(tx: &mut Tx<'_>, board: BoardId, task: TaskId) -> StoreResult<()> {
    // Until the end of the transaction the board's tasks are nobody else's to move.
    let Some(board) = tasks::lock_board(tx, board)? else { return Ok(()) };
    let Some(row) = tasks::find_on(tx, board.id, task)? else { return Ok(()) };
    let held = row.assigned_agent_id.filter(|_| row.status == TaskStatus::InProgress);
    let agent = held.map(|id| agents::lock(tx, id)).transpose()?.flatten();
    let mut known = stale::of_task(tx, task)?;
    if let Some(past) = known.filter(|known| agent.as_ref().map(|agent| agent.id) != Some(known.agent_id)) {
        unmark(tx, &board, &past, "The task is not in progress any more, or somebody else has it.")?;
        known = None;
    }
    let Some(agent) = agent else { return Ok(()) };
    let now = Timestamp::now();
    let found = absence_of(tx, &agent, now)?;
    match (step(found, known.as_ref(), &rule_now(tx, &board)?, now), known, found) {
        (Step::Mark(found), known, _) => {
            let approval_id = known.and_then(|known| known.approval_id);
            let Absence { cause, since } = found;
            let mark =
                StaleTask { task_id: task, agent_id: agent.id, cause, since, marked_at: now, approval_id };
            stale::mark(tx, &mark)?;
            record::looks_different(tx, &board, &[task])
        }
        (Step::Clear, Some(known), _) => {
            unmark(tx, &board, &known, "The agent is back, and has the task still.")?;
            record::looks_different(tx, &board, &[task])
        }
        (Step::Release, Some(known), Some(found)) => {
            unmark(tx, &board, &known, "The task went back to the inbox by the rule of the board.")?;
            release(tx, &board, &row, &agent, &found)
        }
        (Step::Escalate, Some(known), Some(found)) => {
            let approval = ask(tx, &board, &row, &agent, &found)?;
            stale::mark(tx, &StaleTask { approval_id: Some(approval), ..known })?;
            record::looks_different(tx, &board, &[task])
        }
        _ => Ok(()),
    }
}

/// Takes the mark off a task; what was asked about it is needless, and `why` says so.
fn unmark(tx: &mut Tx<'_>, board: &Board, mark: &StaleTask, why: &str) -> StoreResult<()> {
    stale::unmark(tx, mark.task_id)?;
    match mark.approval_id {
        Some(approval) => inbox::withdraw(tx, board, approval, ApprovalStatus::Rejected, why),
        None => Ok(()),
    }
}

/// A task is about to be deleted. Call with the board locked.
pub(super) fn forget(tx: &mut Tx<'_>, board: &Board, task: TaskId) -> StoreResult<()> {
    match stale::of_task(tx, task)? {
        Some(mark) => unmark(tx, board, &mark, "The task was deleted."),
        None => Ok(()),
    }
}

/// Takes a task from its agent, says on it why and how far the agent came, and has it found by the next one.
fn release(
    tx: &mut Tx<'_>,
    board: &Board,
    before: &Task,
    agent: &Agent,
    absence: &Absence,
) -> StoreResult<()> {
    let why = in_words(&agent.name, absence);
    let from = Placement::from(before);
    let after = tasks::update(tx, before.id, &moved(&from, from.after_its_assignee_left()))?;
    let lines = changes::lines(tx, before, &after, &TaskPatch::default())?;
    let done = format!("Task moved to {}: {}.{lines}\nbecause: {why}", after.status, after.title);
    let said = comments::latest_of(tx, before.id, Assignee::Agent(agent.id))?;
    let events = [(comments::KIND, handed_over(before, agent, &why, said)), (comments::MOVED, done)]
        .map(|(kind, message)| ActivityEvent::new(kind, message).board(board.id).task(before.id));
    record::happened(tx, board, &events)?;
    notify::back_in_inbox(tx, board, &after)?;
    match agent.status {
        AgentStatus::Deleting => Ok(()),
        _ => notify::taken_back(tx, board, &after, agent),
    }
}

/// What the next agent has to know.
fn handed_over(task: &Task, agent: &Agent, why: &str, said: Option<(String, Timestamp)>) -> String {
    let name = &agent.name;
    let began = task
        .in_progress_at
        .map(|at| format!(" It was in progress since {}.", at.in_words()))
        .unwrap_or_default();
    let last = match said {
        Some((text, at)) => {
            let quoted = fence::words_of(name, &shortened(&text, TOLD_TASK));
            format!("What {name} said last, at {}:\n{quoted}", at.in_words())
        }
        None => format!("{name} left no comment: look for what it began before you begin anew."),
    };
    format!("Mission Control took this task back from {name}: {why}.{began}\n\n{last}")
}

/// Asks the people of the board, and tells the lead.
fn ask(
    tx: &mut Tx<'_>,
    board: &Board,
    task: &Task,
    agent: &Agent,
    absence: &Absence,
) -> StoreResult<ApprovalId> {
    let why = in_words(&agent.name, absence);
    let reason = format!(
        "“{}” is in progress, and {why}. To approve takes the task from {} and puts it back in the inbox; to reject leaves it.",
        task.title, agent.name
    );
    // The task is not among those that it is about: to take it from somebody is no approval of the work.
    let approval = Approval {
        payload: Some(json!({
            "reason": reason,
            "stale_task_id": task.id,
            "stale_task_title": task.title,
            "stale_agent_id": agent.id,
            "stale_agent_name": agent.name,
            "cause": absence.cause.as_str(),
            "since": absence.since,
        })),
        ..Approval::new(board.id, STALE_TASK, 0.0)
    };
    let id = approval.id;
    approvals::insert(tx, &approval, &[])?;
    inbox::tell(tx, board, Event::ApprovalCreated, approval)?;
    notify::stale(tx, board, task, &why)?;
    Ok(id)
}

/// A person decided what becomes of a stale task. Call with the board locked.
pub(crate) fn decided(
    tx: &mut Tx<'_>,
    board: &Board,
    approval: &Approval,
    to: ApprovalStatus,
) -> StoreResult<()> {
    // An approval that somebody else asked for says nothing about tasks, whatever it claims.
    let Some(mark) = stale::of_approval(tx, approval.id)? else { return Ok(()) };
    let Some(task) = tasks::find_on(tx, board.id, mark.task_id)? else { return Ok(()) };
    let is_held = task.status == TaskStatus::InProgress && task.assigned_agent_id == Some(mark.agent_id);
    let agent = agents::find(tx, mark.agent_id)?.filter(|_| is_held);
    match (to, agent) {
        (ApprovalStatus::Approved, Some(agent)) => {
            stale::unmark(tx, mark.task_id)?;
            release(tx, board, &task, &agent, &Absence { cause: mark.cause, since: mark.since })
        }
        _ => Ok(()),
    }
}
