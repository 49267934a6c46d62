//! Somebody may not work on a board any more.

use mission_control_core::id::{OrganizationId, UserId};
use mission_control_core::models::{ActivityEvent, Task, TaskStatus};
use mission_control_core::rules::task_status::Placement;
use mission_control_store::tasks::{self, comments};
use mission_control_store::{StoreError, Tx, members, users};

use super::update::moved;
use super::{changes, notify, record};

/// Takes a person's tasks away on those boards of an organization that the person may not write to any more; what was in
/// progress goes back to the inbox. The activity says so, in the name of who took the right away. Call when the right is
/// gone already.
///
/// # Errors
/// The database's.
pub(crate) fn release(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    person: UserId,
    by: Option<UserId>,
) -> Result<(), StoreError> {
    let name = users::names(tx, &[person])?.remove(&person).unwrap_or_default();
    for board in tasks::boards_with_tasks_of(tx, organization, person)? {
        let Some(board) = tasks::lock_board(tx, board)? else { continue };
        if members::is_one_of_the_people(tx, &board, person)? {
            continue;
        }
        let (mut events, mut nobodys): (_, Vec<Task>) = (Vec::new(), Vec::new());
        for before in tasks::all_of(tx, board.id, person)? {
            let from = Placement::from(&before);
            let after = tasks::update(tx, before.id, &moved(&from, from.after_its_assignee_left()))?;
            let lines = changes::lines(tx, &before, &after, &super::TaskPatch::default())?;
            let because = format!("\nbecause: {name} may not write to the board any more");
            let (kind, done) = if before.status == after.status {
                ("task.updated", format!("Task updated: {}.", after.title))
            } else {
                (comments::MOVED, format!("Task moved to {}: {}.", after.status, after.title))
            };
            let event = ActivityEvent::new(kind, format!("{done}{lines}{because}"));
            let event = event.board(board.id).task(after.id);
            events.push(match by {
                Some(by) => event.user(by),
                None => event,
            });
            if after.status == TaskStatus::Inbox {
                nobodys.push(after);
            }
        }
        record::happened(tx, &board, &events)?;
        for task in &nobodys {
            notify::back_in_inbox(tx, &board, task)?;
        }
    }
    Ok(())
}
