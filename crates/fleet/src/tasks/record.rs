//! What a change of tasks leaves behind: activity for people, events for streams.

use mission_control_core::id::{ApprovalId, TaskId};
use mission_control_core::models::{ActivityEvent, Board};
use mission_control_core::rules::dependencies::unique;
use mission_control_shapes::events::{
    ApprovalGone, ApprovalRef, Event, TASK_COMMENT, TaskChanged, TaskCommented,
};
use mission_control_shapes::{CommentItem, TaskRead};
use mission_control_store::tasks;
use mission_control_store::{StoreError, Tx, activity, agents, users};

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
    for event in happened {
        activity::record(tx, event)?;
        let Some(read) = reads.iter().find(|read| Some(read.id) == event.task_id) else { continue };
        let told = match Event::of_task_activity(&event.event_type) {
            _ if event.event_type == TASK_COMMENT => commented(tx, board, event, read)?,
            Some(kind) => kind(TaskChanged::by(event, read.clone())),
            // What else is said about a task shows in the task itself.
            None => Event::TaskUpdated(read.clone().into()),
        };
        publish(tx, board, told);
    }
    Ok(reads)
}

/// A comment, with the names of who said it and where.
fn commented(
    tx: &mut Tx<'_>,
    board: &Board,
    event: &ActivityEvent,
    read: &TaskRead,
) -> Result<Event, StoreError> {
    let agent = match event.agent_id {
        Some(id) => agents::find(tx, id)?,
        None => None,
    };
    let user_name = match event.user_id {
        Some(id) => users::names(tx, &[id])?.remove(&id),
        None => None,
    };
    let (task, place) = ((read.id, read.title.as_str()), (board.id, board.name.as_str()));
    let item = CommentItem::new(event, agent.as_ref(), user_name, task, place);
    Ok(Event::TaskCommented(TaskCommented::new(event, item)))
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
