//! Changing a task.

use mission_control_core::id::{BoardId, TaskId};
use mission_control_core::models::{
    ActivityEvent, Agent, ApprovalStatus, Board, Task, TaskChanges, TaskStatus,
};
use mission_control_core::rules::assignee::Assignee;
use mission_control_core::rules::task_status::{self, BoardRules, Facts, Mover, Placement, Refusal, Wish};
use mission_control_core::rules::version::{Changed, Seen};
use mission_control_core::rules::{custom_field_values, dependencies as rules};
use mission_control_core::time::Timestamp;
use mission_control_shapes::TaskRead;
use mission_control_store::tasks::{self, approvals, comments, dependencies, field_values};
use mission_control_store::{StoreError, Tx, activity, agents, custom_fields, members, tags, users};
use serde_json::{Map, Value};

use super::checks::{
    check_assignee, check_room, held_by_person, known_tags, lock_board, possible_dependencies,
};
use super::patch::TaskPatch;
use super::read::reads;
use super::{Actor, TaskError, changes as words, notify, place, record};
use crate::fleet::Fleet;

/// Changes a task as far as board and role allow; what waits for it follows, and agents are told.
///
/// # Errors
/// [`TaskError`].
pub async fn update(
    fleet: &Fleet,
    board: BoardId,
    task: TaskId,
    actor: Actor,
    seen: Seen,
    patch: TaskPatch,
) -> Result<TaskRead, TaskError> {
    fleet.db().write(move |tx| write(tx, board, task, &actor, &seen, patch)).await
}

pub(super) fn write(
    tx: &mut Tx<'_>,
    board: BoardId,
    id: TaskId,
    actor: &Actor,
    seen: &Seen,
    patch: TaskPatch,
) -> Result<TaskRead, TaskError> {
    let board = lock_board(tx, board)?;
    let before = tasks::lock_on(tx, board.id, id)?.ok_or(TaskError::NotFound("task"))?;
    require_seen(tx, &board, &before, seen)?;
    check_fields(actor, &patch)?;
    if let Some(after) =
        patch.after.filter(|after| patch == TaskPatch { after: Some(*after), ..TaskPatch::default() })
    {
        place::put(tx, &board, &before, after)?;
        record::looks_different(tx, &board, &[id])?;
        let now = tasks::find_on(tx, board.id, id)?;
        return reads(tx, board.id, now.into_iter().collect())?
            .into_iter()
            .next()
            .ok_or(TaskError::NotFound("task"));
    }
    let new_tags = patch.tag_ids.as_deref().map(|ids| known_tags(tx, &board, ids)).transpose()?;
    replace_dependencies(tx, &board, &before, &patch)?;
    let waits_for = dependencies::of_tasks(tx, &[id])?.remove(&id).unwrap_or_default();
    let blocked_by = rules::unfinished(&waits_for);
    let placement = placed(tx, &board, &before, actor, &patch, blocked_by)?;

    let from = Placement::from(&before);
    let handed_in_by = task_status::handed_in_by(actor.mover(), &from, &placement);
    let changes = TaskChanges {
        handed_in_by_agent_id: handed_in_by.map(Assignee::agent),
        handed_in_by_user_id: handed_in_by.map(Assignee::person),
        rewritten_at: rewrites(&before, &patch).then(Timestamp::now),
        ..changes(&patch, &from, placement)
    };
    let after = tasks::update(tx, id, &changes)?;
    if let Some(new_tags) = new_tags {
        let ids: Vec<_> = new_tags.iter().map(|tag| tag.id).collect();
        tags::replace(tx, id, &ids)?;
    }
    set_field_values(tx, &board, id, patch.custom_field_values.as_ref())?;
    if let Some(after) = patch.after {
        place::put(tx, &board, &before, after)?;
    }

    let lines = words::lines(tx, &before, &after, &patch)?;
    let mut events = own_events(&board, &before, &after, actor, patch.comment, &lines);
    events.extend(release_or_recall(tx, &board, &before, &after, actor)?);
    let reads = record::happened(tx, &board, &events)?;
    if let Some(notice) = task_status::notice(actor.mover(), &from, &placement) {
        notify::moved(tx, &board, &after, actor, notice)?;
    }
    reads.into_iter().find(|read| read.id == id).ok_or(TaskError::NotFound("task"))
}

/// The task is what the caller saw; else the caller hears who changed it.
fn require_seen(tx: &mut Tx<'_>, board: &Board, task: &Task, seen: &Seen) -> Result<(), TaskError> {
    if *seen == Seen::WHATEVER {
        return Ok(());
    }
    let read =
        reads(tx, board.id, vec![task.clone()])?.into_iter().next().ok_or(TaskError::NotFound("task"))?;
    let Err(changed) = read.as_seen().require(seen) else { return Ok(()) };
    Err(Changed { by: last_changed_by(tx, task.id)?, ..changed }.into())
}

/// What the person or agent is called who changed the task last.
fn last_changed_by(tx: &mut Tx<'_>, task: TaskId) -> Result<Option<String>, StoreError> {
    let Some(event) = activity::last_change(tx, task)? else { return Ok(None) };
    if let Some(id) = event.agent_id {
        return Ok(agents::find(tx, id)?.map(|agent| agent.name));
    }
    let names = users::names(tx, &Vec::from_iter(event.user_id))?;
    Ok(names.into_values().next())
}

/// Which fields a role may change at all.
fn check_fields(actor: &Actor, patch: &TaskPatch) -> Result<(), TaskError> {
    let named = [
        ("title", patch.title.is_some()),
        ("description", patch.description.is_some()),
        ("priority", patch.priority.is_some()),
        ("due_at", patch.due_at.is_some()),
    ];
    let content = named.iter().filter(|(_, sent)| *sent).map(|(name, _)| *name);
    match actor.mover() {
        Mover::Person => Ok(()),
        Mover::Lead => {
            let refused: Vec<_> = content.chain(patch.comment.as_ref().map(|_| "comment")).collect();
            if refused.is_empty() { Ok(()) } else { Err(TaskError::NotForLeads(refused)) }
        }
        Mover::Worker(_) => {
            let plans = patch.assignment.is_some()
                || patch.depends_on_task_ids.is_some()
                || patch.after.is_some()
                || patch.tag_ids.is_some();
            if plans || content.count() > 0 { Err(TaskError::NotForWorkers) } else { Ok(()) }
        }
    }
}

fn replace_dependencies(
    tx: &mut Tx<'_>,
    board: &Board,
    task: &Task,
    patch: &TaskPatch,
) -> Result<(), TaskError> {
    let Some(ids) = &patch.depends_on_task_ids else { return Ok(()) };
    if task.status == TaskStatus::Done {
        return Err(TaskError::DependenciesOfDone);
    }
    let wanted = possible_dependencies(tx, board, task.id, ids)?;
    Ok(dependencies::replace(tx, board.id, task.id, &wanted)?)
}

/// Asks the rules where the task goes.
fn placed(
    tx: &mut Tx<'_>,
    board: &Board,
    task: &Task,
    actor: &Actor,
    patch: &TaskPatch,
    blocked_by: Vec<TaskId>,
) -> Result<Placement, TaskError> {
    if let Some(assignee) = patch.assignment.given() {
        check_assignee(tx, board, actor, assignee)?;
    }
    let wish = Wish {
        status: patch.status,
        assignee: patch.assignment.of(task.assignee()),
        dependencies: patch.depends_on_task_ids.is_some(),
        comment: patch.comment.is_some(),
    };
    let pending = approvals::of_task(tx, board.id, task.id, ApprovalStatus::Pending)?;
    let facts = facts(tx, board, task, !blocked_by.is_empty(), !pending.is_empty())?;
    let decided = task_status::decide(BoardRules::from(board), actor.mover(), &facts, wish, Timestamp::now());
    let refusal = match decided {
        Ok(placement) if placement.status == task.status => return Ok(placement),
        Ok(placement) => {
            check_room(tx, board, actor, placement.status)?;
            return Ok(placement);
        }
        Err(refusal) => refusal,
    };
    Err(match (refusal, task.assigned_user_id) {
        (Refusal::Blocked, _) => TaskError::Blocked(blocked_by),
        (rule @ (Refusal::PendingApproval | Refusal::ApprovalRequired | Refusal::ApprovalOutdated), _) => {
            TaskError::NeedsApproval { rule, pending }
        }
        (Refusal::HeldByPerson, Some(person)) => held_by_person(tx, person)?,
        (other, _) => other.into(),
    })
}

fn facts(
    tx: &mut Tx<'_>,
    board: &Board,
    task: &Task,
    blocked: bool,
    pending_approval: bool,
) -> Result<Facts, StoreError> {
    let said = match task.assignee() {
        Some(assignee) => comments::latest_of(tx, task.id, assignee)?,
        None => None,
    };
    let works_here = |agent: &Agent| agent.board_id == Some(board.id) && !agent.is_board_lead;
    let last_worker = match task.handed_in_by() {
        Some(Assignee::Agent(id)) if agents::find(tx, id)?.as_ref().is_some_and(works_here) => {
            task.handed_in_by()
        }
        Some(Assignee::Person(id)) if members::is_one_of_the_people(tx, board, id)? => task.handed_in_by(),
        _ => None,
    };
    let last_word = approvals::last_word(tx, board.id, task.id)?;
    Ok(Facts {
        current: Placement::from(task),
        blocked,
        pending_approval,
        approved: last_word.is_some_and(|(word, _)| word == ApprovalStatus::Approved),
        rewritten: last_word.is_some_and(|(_, said)| task.rewritten_at.is_some_and(|at| at > said)),
        lead: agents::lead_of(tx, board.id)?.map(|lead| lead.id),
        last_worker,
        commented_at: said.map(|(_, at)| at),
    })
}

/// Whether the task says something else afterwards.
fn rewrites(task: &Task, patch: &TaskPatch) -> bool {
    patch.title.as_ref().is_some_and(|title| *title != task.title)
        || patch.description.as_ref().is_some_and(|text| *text != task.description)
}

fn changes(patch: &TaskPatch, from: &Placement, placement: Placement) -> TaskChanges {
    TaskChanges {
        title: patch.title.clone(),
        description: patch.description.clone(),
        priority: patch.priority.clone(),
        due_at: patch.due_at,
        ..moved(from, placement)
    }
}

/// A task goes `from` one place to another.
pub(super) fn moved(from: &Placement, to: Placement) -> TaskChanges {
    let given = to.assignee != from.assignee;
    TaskChanges {
        status: Some(to.status),
        assigned_agent_id: Some(to.assignee.and_then(Assignee::agent)),
        assigned_user_id: Some(to.assignee.and_then(Assignee::person)),
        assigned_at: given.then(|| to.assignee.map(|_| Timestamp::now())),
        in_progress_at: Some(to.in_progress_at),
        previous_in_progress_at: Some(to.previous_in_progress_at),
        ..TaskChanges::default()
    }
}

fn set_field_values(
    tx: &mut Tx<'_>,
    board: &Board,
    task: TaskId,
    given: Option<&Map<String, Value>>,
) -> Result<(), TaskError> {
    let Some(given) = given else { return Ok(()) };
    let fields = custom_fields::of_board(tx, board.id)?;
    let current = field_values::of_tasks(tx, &[task])?.remove(&task).unwrap_or_default();
    for (field, value) in custom_field_values::changes(&fields, &current, given)? {
        field_values::set(tx, task, field, value)?;
    }
    Ok(())
}

/// The comment that came along, and what was done to the task: `lines` say what changed.
fn own_events(
    board: &Board,
    before: &Task,
    after: &Task,
    actor: &Actor,
    comment: Option<String>,
    lines: &str,
) -> Vec<ActivityEvent> {
    let event = |kind: &str, message: String| {
        actor.signs(ActivityEvent::new(kind, message).board(board.id).task(after.id))
    };
    let comment = comment.map(|text| event(comments::KIND, text));
    let change = if before.status == after.status {
        event("task.updated", format!("Task updated: {}.{lines}", after.title))
    } else {
        event(comments::MOVED, format!("Task moved to {}: {}.{lines}", after.status, after.title))
    };
    comment.into_iter().chain([change]).collect()
}

/// A task that became done lets go of what waits for it; one that was reopened calls back what was begun.
fn release_or_recall(
    tx: &mut Tx<'_>,
    board: &Board,
    before: &Task,
    after: &Task,
    actor: &Actor,
) -> Result<Vec<ActivityEvent>, StoreError> {
    let (was_done, is_done) = (before.status == TaskStatus::Done, after.status == TaskStatus::Done);
    if was_done == is_done {
        return Ok(Vec::new());
    }
    let mut events = Vec::new();
    for waiting in dependencies::waiting_for(tx, board.id, after.id)? {
        let place = Placement::from(&waiting);
        let recalled = place.after_reopened_dependency().filter(|_| was_done);
        let event = match recalled {
            Some(placement) => {
                tasks::update(tx, waiting.id, &moved(&place, placement))?;
                ActivityEvent::new(
                    comments::MOVED,
                    format!("Task returned to inbox: dependency reopened ({}).", after.title),
                )
            }
            None => {
                ActivityEvent::new("task.updated", format!("Dependency completion changed: {}.", after.title))
            }
        };
        events.push(actor.signs(event.board(board.id).task(waiting.id)));
    }
    Ok(events)
}
