//! Which tasks wait for which.

use std::collections::HashMap;

use diesel::prelude::*;
use mission_control_core::id::{BoardId, TaskDependencyId, TaskId};
use mission_control_core::models::{Task, TaskDependency, TaskStatus};
use mission_control_core::schema::{task_dependencies, tasks};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::batch::insert_all;
use crate::conn::Conn;
use crate::error::StoreResult;
use crate::tx::Tx;

/// What each of the tasks waits for, and where that is, in the order in which it was named; a task that waits for
/// nothing is left out.
///
/// # Errors
/// The database's.
pub fn of_tasks(conn: &mut Conn, ids: &[TaskId]) -> StoreResult<HashMap<TaskId, Vec<(TaskId, TaskStatus)>>> {
    let rows: Vec<(TaskId, TaskId, TaskStatus)> = task_dependencies::table
        .inner_join(tasks::table.on(tasks::id.eq(task_dependencies::depends_on_task_id)))
        .filter(among(task_dependencies::task_id, ids))
        .order((task_dependencies::created_at.asc(), task_dependencies::id.asc()))
        .select((task_dependencies::task_id, task_dependencies::depends_on_task_id, tasks::status))
        .load(conn)?;
    let mut of_tasks: HashMap<_, Vec<_>> = HashMap::new();
    for (task, depends_on, status) in rows {
        of_tasks.entry(task).or_default().push((depends_on, status));
    }
    Ok(of_tasks)
}

/// Every dependency of a board as (task, what it waits for).
///
/// # Errors
/// The database's.
pub fn edges(conn: &mut Conn, board_id: BoardId) -> StoreResult<Vec<(TaskId, TaskId)>> {
    Ok(task_dependencies::table
        .filter(task_dependencies::board_id.eq(board_id))
        .select((task_dependencies::task_id, task_dependencies::depends_on_task_id))
        .load(conn)?)
}

/// The tasks of the board that wait for `id` and are not done, oldest first.
///
/// # Errors
/// The database's.
pub fn waiting_for(conn: &mut Conn, board_id: BoardId, id: TaskId) -> StoreResult<Vec<Task>> {
    let waiting = task_dependencies::table
        .filter(task_dependencies::depends_on_task_id.eq(id))
        .select(task_dependencies::task_id);
    Ok(tasks::table
        .filter(tasks::board_id.eq(board_id))
        .filter(tasks::id.eq_any(waiting))
        .filter(tasks::status.ne(TaskStatus::Done))
        .order((tasks::created_at.asc(), tasks::id.asc()))
        .select(tasks::all_columns)
        .load(conn)?)
}

/// Makes a task wait for exactly these, in this order.
///
/// # Errors
/// [`crate::StoreError::ForeignKey`] for a task that is not there; the database's.
pub fn replace(tx: &mut Tx<'_>, board_id: BoardId, task_id: TaskId, wanted: &[TaskId]) -> StoreResult<()> {
    diesel::delete(task_dependencies::table.filter(task_dependencies::task_id.eq(task_id)))
        .execute(&mut **tx)?;
    add(tx, board_id, task_id, wanted)
}

/// Makes a task that waits for nothing yet wait for these, in this order.
///
/// # Errors
/// As [`replace`].
pub fn add(tx: &mut Tx<'_>, board_id: BoardId, task_id: TaskId, wanted: &[TaskId]) -> StoreResult<()> {
    let start = Timestamp::now().micros();
    let dependency = |(nth, depends_on_task_id): (i64, &TaskId)| TaskDependency {
        id: TaskDependencyId::random(),
        board_id,
        task_id,
        depends_on_task_id: *depends_on_task_id,
        created_at: Timestamp::from_micros(start.saturating_add(nth)),
    };
    let dependencies: Vec<_> = (0..).zip(wanted).map(dependency).collect();
    Ok(insert_all!(&mut **tx, task_dependencies::table, &dependencies)?)
}
