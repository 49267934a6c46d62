//! Creating a task.

use mission_control_core::id::{BoardId, TagId, TaskId, UserId};
use mission_control_core::models::{ActivityEvent, Agent, Board, Task, TaskStatus};
use mission_control_core::rules::assignee::Assignee;
use mission_control_core::rules::task_status::{self, BoardRules};
use mission_control_core::rules::{custom_field_values, dependencies as rules, rank};
use mission_control_core::time::Timestamp;
use mission_control_shapes::{TagRef, TaskRead};
use mission_control_store::tasks::{self, dependencies, field_values};
use mission_control_store::{Tx, agents, custom_fields, tags};
use serde_json::{Map, Value};

use super::checks::{check_assignee, check_room, first_dependencies, known_tags};
use super::read::read;
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
    pub assignee: Option<Assignee>,
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
    let board = tasks::number(tx, board)?.ok_or(TaskError::NotFound("board"))?;
    let task = row(&board, actor, &new)?;
    let waits_for = first_dependencies(tx, &board, &new.depends_on_task_ids)?;
    let tags = known_tags(tx, &board, &new.tag_ids)?;
    check_not_blocked(&task, &waits_for)?;
    let chosen = match task.assignee() {
        Some(assignee) => check_assignee(tx, &board, actor, assignee)?,
        None => None,
    };
    let lead = agents::lead_of(tx, board.id)?;
    let task = begun(&board, actor, lead.as_ref(), task)?;
    check_room(tx, &board, actor, task.status)?;
    let fields = custom_fields::of_board(tx, board.id)?;
    let values = custom_field_values::of_new_task(&fields, &new.custom_field_values)?;

    tasks::insert_numbered(tx, &task)?;
    dependencies::add(tx, board.id, task.id, &ids(&waits_for))?;
    tags::give(tx, task.id, &tags.iter().map(|tag| tag.id).collect::<Vec<_>>())?;
    field_values::add(tx, task.id, &values)?;

    let tags = tags.into_iter().map(TagRef::from).collect();
    let own = values.into_iter().collect();
    let read = read(task.clone(), Some(&board.task_prefix), &waits_for, tags, &fields, Some(&own), None);
    record::created(tx, &board, &created(&board, &task, actor), &read)?;
    if let (Actor::Person(_), Some(lead)) = (actor, &lead) {
        notify::created(tx, &board, &task, lead)?;
    }
    // The rules may have given it to the lead.
    let assignee =
        [chosen, lead].into_iter().flatten().find(|agent| Some(agent.id) == task.assigned_agent_id);
    if let Some(agent) = assignee {
        notify::assigned(tx, &board, &task, actor, &agent)?;
    }
    Ok(read)
}

fn ids(waits_for: &[(TaskId, TaskStatus)]) -> Vec<TaskId> {
    waits_for.iter().map(|(id, _)| *id).collect()
}

fn row(board: &Board, actor: &Actor, new: &NewTask) -> Result<Task, TaskError> {
    let task = Task {
        description: new.description.clone(),
        status: new.status,
        priority: new.priority.clone(),
        due_at: new.due_at,
        number: board.last_task_number,
        rank: rank::of_number(board.last_task_number),
        ..Task::new(board.id, new.title.clone())
    };
    let task = with(new.assignee, task);
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
fn begun(board: &Board, actor: &Actor, lead: Option<&Agent>, task: Task) -> Result<Task, TaskError> {
    let lead = lead.map(|lead| lead.id);
    let (rules, now) = (BoardRules::from(board), Timestamp::now());
    let (status, assignee) =
        task_status::begin(rules, actor.mover(), lead, task.status, task.assignee(), now)?;
    Ok(with(assignee, Task { status, ..task }))
}

/// The task with whoever is to have it.
fn with(assignee: Option<Assignee>, task: Task) -> Task {
    Task {
        assigned_agent_id: assignee.and_then(Assignee::agent),
        assigned_user_id: assignee.and_then(Assignee::person),
        assigned_at: assignee.map(|_| task.created_at),
        ..task
    }
}

/// A task that waits begins in the inbox, with no agent.
fn check_not_blocked(task: &Task, waits_for: &[(TaskId, TaskStatus)]) -> Result<(), TaskError> {
    if task.status == TaskStatus::Inbox && task.assigned_agent_id.is_none() {
        return Ok(());
    }
    match rules::unfinished(waits_for) {
        none if none.is_empty() => Ok(()),
        blocking => Err(TaskError::Blocked(blocking)),
    }
}

fn created(board: &Board, task: &Task, actor: &Actor) -> ActivityEvent {
    let by = if actor.agent().is_some() { " by lead" } else { "" };
    let event = ActivityEvent::new("task.created", format!("Task created{by}: {}.", task.title));
    actor.signs(event.board(board.id).task(task.id))
}
