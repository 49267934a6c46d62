//! Deleting a task with what is only about it.

use diesel::prelude::*;
use mission_control_core::id::{ApprovalId, TaskId};
use mission_control_core::schema::{
    activity_events, approval_task_links, approvals, tag_assignments, task_custom_field_values,
    task_dependencies, task_fingerprints, tasks,
};

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::tx::Tx;

/// Deletes a task with its comments, dependencies, tags and values. An approval that is about other tasks too stays with
/// them; one that was only about this task goes. Returns the approvals that went.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn delete(tx: &mut Tx<'_>, id: TaskId) -> StoreResult<Vec<ApprovalId>> {
    let conn: &mut Conn = tx;
    macro_rules! delete_from {
        ($($table:ident),+ $(,)?) => {
            $(diesel::delete($table::table.filter($table::task_id.eq(id))).execute(conn)?;)+
        };
    }
    delete_from!(
        activity_events,
        task_fingerprints,
        approval_task_links,
        tag_assignments,
        task_custom_field_values
    );
    let dependencies = task_dependencies::table
        .filter(task_dependencies::task_id.eq(id))
        .or_filter(task_dependencies::depends_on_task_id.eq(id));
    diesel::delete(dependencies).execute(conn)?;
    let gone = release_approvals(conn, id)?;
    match diesel::delete(tasks::table.find(id)).execute(conn)? {
        0 => Err(StoreError::NotFound("task")),
        _ => Ok(gone),
    }
}

/// Approvals name one task besides their links: another one takes its place, or the approval goes.
fn release_approvals(conn: &mut Conn, id: TaskId) -> StoreResult<Vec<ApprovalId>> {
    let named: Vec<ApprovalId> =
        approvals::table.filter(approvals::task_id.eq(id)).select(approvals::id).load(conn)?;
    let mut gone = Vec::new();
    for approval in named {
        let next: Option<TaskId> = approval_task_links::table
            .filter(approval_task_links::approval_id.eq(approval))
            .order((approval_task_links::created_at.asc(), approval_task_links::id.asc()))
            .select(approval_task_links::task_id)
            .first(conn)
            .optional()?;
        match next {
            Some(next) => {
                diesel::update(approvals::table.find(approval))
                    .set(approvals::task_id.eq(next))
                    .execute(conn)?;
            }
            None => {
                diesel::delete(approvals::table.find(approval)).execute(conn)?;
                gone.push(approval);
            }
        }
    }
    Ok(gone)
}
