//! Talking about a task.

use mission_control_core::id::{BoardId, TaskId};
use mission_control_core::models::{ActivityEvent, Board, Task, TaskStatus};
use mission_control_core::rules::mentions;
use mission_control_shapes::CommentRead;
use mission_control_store::tasks::{self, comments as store};
use mission_control_store::{Listing, Page, StoreError, Tx, activity, agents};

use super::{Actor, TaskError, notify, record};
use crate::fleet::Fleet;

/// The comments on a task, oldest first.
///
/// # Errors
/// A missing task; the database.
pub async fn comments(
    fleet: &Fleet,
    board: BoardId,
    task: TaskId,
    page: Page,
) -> Result<Listing<CommentRead>, TaskError> {
    fleet
        .db()
        .read(move |conn| {
            tasks::find_on(conn, board, task)?.ok_or(TaskError::NotFound("task"))?;
            store::list(conn, task, page)?.try_map_all(|events| {
                let names = activity::names(conn, events.iter())?;
                let read = |event: ActivityEvent| {
                    let user_name = event.user_id.and_then(|id| names.get(&id).cloned());
                    CommentRead::new(event, user_name)
                };
                Ok(events.into_iter().map(read).collect())
            })
        })
        .await
}

/// Comments on a task, and tells the agents that are meant.
///
/// # Errors
/// A missing task; a lead that has no business there; the database.
pub async fn comment(
    fleet: &Fleet,
    board: Board,
    task: TaskId,
    actor: Actor,
    text: String,
) -> Result<CommentRead, TaskError> {
    fleet
        .db()
        .write(move |tx| {
            let task = tasks::lock_on(tx, board.id, task)?.ok_or(TaskError::NotFound("task"))?;
            if !may_comment(tx, board.id, &task, &actor)? {
                return Err(TaskError::LeadComment);
            }
            let event = ActivityEvent::new(store::KIND, text.as_str()).board(board.id).task(task.id);
            let event = actor.signs(event);
            let user_name = activity::names(tx, std::iter::once(&event))?.into_values().next();
            let meant = record::comment(tx, &board, &task, &event, &actor, user_name.clone())?.agents;
            notify::commented(tx, &board, &task, &actor, &text, meant)?;
            Ok(CommentRead::new(event, user_name))
        })
        .await
}

/// Leads leave those who work alone: they speak in review, on tasks of their own, and where they were asked to.
fn may_comment(tx: &mut Tx<'_>, board: BoardId, task: &Task, actor: &Actor) -> Result<bool, StoreError> {
    let Some(lead) = actor.lead() else { return Ok(true) };
    if task.created_by_agent_id == Some(lead.id) || task.status == TaskStatus::Review {
        return Ok(true);
    }
    let (texts, agents) = (store::texts(tx, task.id)?, agents::of_board(tx, board)?);
    Ok(texts.iter().any(|text| mentions::of(text, &agents, &[]).agents.contains(&lead.id)))
}
