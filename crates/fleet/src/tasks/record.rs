//! What a change of tasks leaves behind: activity for people, events for streams.

use mission_control_core::events::EventKind;
use mission_control_core::id::{ApprovalId, TaskId};
use mission_control_core::models::{ActivityEvent, Board, NewEvent};
use mission_control_core::rules::dependencies::unique;
use mission_control_shapes::events;
use mission_control_shapes::{CommentItem, TaskRead};
use mission_control_store::tasks;
use mission_control_store::{StoreError, Tx, activity, agents, users};
use serde_json::{Value, json};

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
        match events::task_kind(&event.event_type) {
            Some(EventKind::TaskCommented) => {
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
                publish(tx, board, EventKind::TaskCommented, events::comment_payload(event, &item));
            }
            Some(kind) => publish(tx, board, kind, events::task_payload(event, read)),
            // What else is said about a task shows in the task itself.
            None => publish(tx, board, EventKind::TaskUpdated, json!({ "task": read })),
        }
    }
    Ok(reads)
}

/// Tells streams that tasks look different now, though nothing was done to them.
pub(super) fn looks_different(tx: &mut Tx<'_>, board: &Board, ids: &[TaskId]) -> Result<(), StoreError> {
    let rows = tasks::find_all(tx, board.id, ids)?;
    for read in reads(tx, board.id, rows)? {
        publish(tx, board, EventKind::TaskUpdated, json!({ "task": read }));
    }
    Ok(())
}

/// Tells streams that a task is gone, and the approvals that were only about it.
pub(super) fn deleted(tx: &mut Tx<'_>, board: &Board, last: &TaskRead, approvals: &[ApprovalId]) {
    publish(tx, board, EventKind::TaskDeleted, json!({ "task": last }));
    for id in approvals {
        let gone = json!({ "approval": { "id": id, "board_id": board.id } });
        publish(tx, board, EventKind::ApprovalDeleted, gone);
    }
}

fn publish(tx: &mut Tx<'_>, board: &Board, kind: EventKind, payload: Value) {
    tx.append(NewEvent::new(kind, payload).organization(board.organization_id).board(board.id));
}
