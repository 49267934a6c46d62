//! What a change of tasks leaves behind: activity for people, events for streams.

use mission_control_core::id::{ApprovalId, TaskId};
use mission_control_core::models::{ActivityEvent, Agent, Board, Task};
use mission_control_core::rules::dependencies::unique;
use mission_control_core::rules::mentions::Mentions;
use mission_control_shapes::events::{
    ApprovalGone, ApprovalRef, Event, TASK_COMMENT, TaskChanged, TaskCommented,
};
use mission_control_shapes::{CommentItem, TaskRead};
use mission_control_store::tasks::{self, comments};
use mission_control_store::{StoreError, Tx, activity, agents};

use super::Actor;
use super::mentioned::mentioned;
use super::read::reads;

/// Records what happened to tasks and tells streams how those tasks are now; returns them, the oldest first.
pub(super) fn happened(
    tx: &mut Tx<'_>,
    board: &Board,
    happened: &[ActivityEvent],
) -> Result<Vec<TaskRead>, StoreError> {
    let ids: Vec<TaskId> = unique(happened.iter().filter_map(|event| event.task_id));
    let rows = tasks::find_all(tx, board.id, &ids)?;
    let reads = reads(tx, board.id, rows)?;
    activity::record_all(tx, happened)?;
    for event in happened {
        let Some(read) = reads.iter().find(|read| Some(read.id) == event.task_id) else { continue };
        let told = match Event::of_task_activity(&event.event_type) {
            _ if event.event_type == TASK_COMMENT => {
                let agent = match event.agent_id {
                    Some(id) => agents::find(tx, id)?,
                    None => None,
                };
                let user_name = activity::names(tx, std::iter::once(event))?.into_values().next();
                let author = Author { agent: agent.as_ref(), user_name };
                commented(tx, board, event, (read.id, &read.title), author)?.0
            }
            kind => changed(kind, event, read),
        };
        publish(tx, board, told);
    }
    Ok(reads)
}

/// Records that a task was created, which looks so.
pub(super) fn created(
    tx: &mut Tx<'_>,
    board: &Board,
    event: &ActivityEvent,
    read: &TaskRead,
) -> Result<(), StoreError> {
    activity::record(tx, event)?;
    publish(tx, board, changed(Event::of_task_activity(&event.event_type), event, read));
    Ok(())
}

/// Records a comment on a task, of an author of this name.
pub(super) fn comment(
    tx: &mut Tx<'_>,
    board: &Board,
    task: &Task,
    event: &ActivityEvent,
    actor: &Actor,
    user_name: Option<String>,
) -> Result<Mentions, StoreError> {
    activity::record(tx, event)?;
    let author = Author { agent: actor.agent(), user_name };
    let (told, mentions) = commented(tx, board, event, (task.id, &task.title), author)?;
    publish(tx, board, told);
    Ok(mentions)
}

fn changed(kind: Option<fn(TaskChanged) -> Event>, event: &ActivityEvent, read: &TaskRead) -> Event {
    match kind {
        Some(kind) => kind(TaskChanged::by(event, read.clone())),
        // What else is said about a task shows in the task itself.
        None => Event::TaskUpdated(read.clone().into()),
    }
}

/// Who said something.
struct Author<'a> {
    agent: Option<&'a Agent>,
    user_name: Option<String>,
}

/// A comment, with the names of who said it and where; whom it mentions is written down, and returned.
fn commented(
    tx: &mut Tx<'_>,
    board: &Board,
    event: &ActivityEvent,
    task: (TaskId, &str),
    author: Author<'_>,
) -> Result<(Event, Mentions), StoreError> {
    let mentions = mentioned(tx, board, event.message.as_deref().unwrap_or_default())?;
    let mut people = mentions.people.clone();
    if let Some(author) = event.user_id {
        people.remove(&author);
    }
    comments::mention(tx, event.id, people.iter().copied())?;
    let place = (board.id, board.name.as_str());
    let item = CommentItem::new(event, author.agent, author.user_name, task, place).mentioning(people);
    Ok((Event::TaskCommented(TaskCommented::new(event, item)), mentions))
}

/// Tells streams that tasks look different now, though nothing was done to them.
pub(super) fn looks_different(tx: &mut Tx<'_>, board: &Board, ids: &[TaskId]) -> Result<(), StoreError> {
    let rows = tasks::find_all(tx, board.id, ids)?;
    for read in reads(tx, board.id, rows)? {
        publish(tx, board, Event::TaskUpdated(read.into()));
    }
    Ok(())
}

/// Tells streams that a task is gone, and the approvals that were only about it.
pub(super) fn deleted(tx: &mut Tx<'_>, board: &Board, last: &TaskRead, approvals: &[ApprovalId]) {
    publish(tx, board, Event::TaskDeleted(last.clone().into()));
    for id in approvals {
        let gone = ApprovalRef { id: *id, board_id: board.id };
        publish(tx, board, Event::ApprovalDeleted(ApprovalGone { approval: gone }));
    }
}

fn publish(tx: &mut Tx<'_>, board: &Board, event: Event) {
    tx.append(event.organization(board.organization_id).board(board.id));
}
