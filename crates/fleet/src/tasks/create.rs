//! Creating a task.

use mission_control_core::id::{AgentId, BoardId, TagId, TaskId, UserId};
use mission_control_core::models::{ActivityEvent, Board, Task, TaskStatus};
use mission_control_core::rules::task_status::{self, BoardRules};
use mission_control_core::rules::{custom_field_values, dependencies as rules};
use mission_control_core::time::Timestamp;
use mission_control_shapes::TaskRead;
use mission_control_store::tasks::{self, dependencies, field_values};
use mission_control_store::{Tx, agents, custom_fields, tags};
use serde_json::{Map, Value};

use super::checks::{check_assignee, known_tags, lock_board, possible_dependencies};
use super::{Actor, TaskError, notify, record};
use crate::fleet::Fleet;

/// A task to create.
#[derive(Debug, Clone, PartialEq)]
pub struct NewTask {
    /// What is to be done, in a line.
    pub title: String,
    /// What is to be done, at length.
    pub description: Option<String>,
    /// The column.
    pub status: TaskStatus,
    /// A word.
    pub priority: String,
    /// When it should be done.
    pub due_at: Option<Timestamp>,
    /// Who is to do it.
    pub assigned_agent_id: Option<AgentId>,
    /// Who is said to have created it; nobody but the caller is accepted.
    pub created_by_user_id: Option<UserId>,
    /// What it waits for.
    pub depends_on_task_ids: Vec<TaskId>,
    /// Its tags.
    pub tag_ids: Vec<TagId>,
    /// Values of custom fields, by key.
    pub custom_field_values: Map<String, Value>,
}

/// Creates a task, where the board's rules let it begin. Persons' tasks are announced to the lead; agents create tasks only
/// as leads. Whoever gets the task is told.
///
/// # Errors
/// [`TaskError`].
pub async fn create(
    fleet: &Fleet,
    board: BoardId,
    actor: Actor,
    new: NewTask,
) -> Result<TaskRead, TaskError> {
    fleet.db().write(move |tx| write(tx, board, &actor, new)).await
}

fn write(tx: &mut Tx<'_>, board: BoardId, actor: &Actor, new: NewTask) -> Result<TaskRead, TaskError> {
    let board = lock_board(tx, board)?;
    let task = row(&board, actor, &new)?;
    let waits_for = possible_dependencies(tx, &board, task.id, &new.depends_on_task_ids)?;
    let tag_ids = known_tags(tx, &board, &new.tag_ids)?;
    check_not_blocked(tx, &board, &task, &waits_for)?;
    if let Some(agent) = task.assigned_agent_id {
        check_assignee(tx, &board, actor, agent)?;
    }
    let task = begun(tx, &board, actor, task)?;
    let fields = custom_fields::of_board(tx, board.id)?;
    let values = custom_field_values::of_new_task(&fields, &new.custom_field_values)?;

    let task = tasks::insert(tx, &task)?;
    dependencies::replace(tx, board.id, task.id, &waits_for)?;
    tags::replace(tx, task.id, &tag_ids)?;
    for (field, value) in values {
        field_values::set(tx, task.id, field, Some(value))?;
    }

    let event = created(&board, &task, actor);
    let read =
        record::happened(tx, &board, &[event])?.into_iter().next().ok_or(TaskError::NotFound("task"))?;
    if matches!(actor, Actor::Person(_)) {
        notify::created(tx, &board, &task)?;
    }
    if let Some(agent) = task.assigned_agent_id
        && let Some(agent) = agents::find(tx, agent)?
    {
        notify::assigned(tx, &board, &task, actor, &agent)?;
    }
    Ok(read)
}

fn row(board: &Board, actor: &Actor, new: &NewTask) -> Result<Task, TaskError> {
    let task = Task {
        description: new.description.clone(),
        status: new.status,
        priority: new.priority.clone(),
        due_at: new.due_at,
        assigned_agent_id: new.assigned_agent_id,
        ..Task::new(board.id, new.title.clone())
    };
    match actor {
        Actor::Person(user) if new.created_by_user_id.is_none_or(|creator| creator == *user) => {
            Ok(Task { created_by_user_id: Some(*user), ..task })
        }
        Actor::Person(_) => Err(TaskError::ForeignCreator),
        Actor::Agent(_) if new.created_by_user_id.is_some() => Err(TaskError::ForeignCreator),
        Actor::Agent(agent) if agent.is_board_lead => {
            let auto_reason = Some(format!("lead_agent:{}", agent.id));
            Ok(Task { auto_created: true, auto_reason, created_by_agent_id: Some(agent.id), ..task })
        }
        Actor::Agent(_) => Err(TaskError::OnlyLeads),
    }
}

/// The task where the rules let it begin, with whom they give it to.
fn begun(tx: &mut Tx<'_>, board: &Board, actor: &Actor, task: Task) -> Result<Task, TaskError> {
    let lead = agents::lead_of(tx, board.id)?.map(|lead| lead.id);
    let (rules, now) = (BoardRules::from(board), Timestamp::now());
    let (status, assigned_agent_id) =
        task_status::begin(rules, actor.mover(), lead, task.status, task.assigned_agent_id, now)?;
    Ok(Task { status, assigned_agent_id, ..task })
}

/// A task that waits begins in the inbox, with nobody.
fn check_not_blocked(
    tx: &mut Tx<'_>,
    board: &Board,
    task: &Task,
    waits_for: &[TaskId],
) -> Result<(), TaskError> {
    if task.status == TaskStatus::Inbox && task.assigned_agent_id.is_none() {
        return Ok(());
    }
    let found = tasks::find_all(tx, board.id, waits_for)?;
    let statuses: Vec<_> = waits_for
        .iter()
        .filter_map(|id| found.iter().find(|task| task.id == *id))
        .map(|task| (task.id, task.status))
        .collect();
    match rules::unfinished(&statuses) {
        none if none.is_empty() => Ok(()),
        blocking => Err(TaskError::Blocked(blocking)),
    }
}

fn created(board: &Board, task: &Task, actor: &Actor) -> ActivityEvent {
    let by = if actor.agent().is_some() { " by lead" } else { "" };
    let event = ActivityEvent::new("task.created", format!("Task created{by}: {}.", task.title));
    actor.signs(event.board(board.id).task(task.id))
}
