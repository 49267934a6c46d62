//! Tasks.

pub mod approvals;
pub mod comments;
pub mod dependencies;
pub mod field_values;
pub mod stale;

use diesel::prelude::*;
use mission_control_core::id::{AgentId, BoardId, OrganizationId, TaskId, UserId};
use mission_control_core::models::{Board, Task, TaskChanges, TaskStatus};
use mission_control_core::rules::rank;
use mission_control_core::schema::{boards, tasks};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::{Conn, MultiBackend};
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

/// Which tasks of a board a list shows.
#[derive(Debug, Clone)]
pub struct TaskFilter {
    /// The board.
    pub board_id: BoardId,
    /// Only tasks in these columns; empty is any.
    pub statuses: Vec<TaskStatus>,
    /// Only tasks of this agent.
    pub assigned_agent_id: Option<AgentId>,
    /// Only tasks of this person.
    pub assigned_user_id: Option<UserId>,
    /// Only tasks that nobody has.
    pub unassigned: bool,
    /// Only the task of this key: the board's prefix, in upper case, and the task's number.
    pub key: Option<(String, i32)>,
}

impl TaskFilter {
    /// Every task of a board.
    pub fn of(board_id: BoardId) -> Self {
        Self {
            board_id,
            statuses: Vec::new(),
            assigned_agent_id: None,
            assigned_user_id: None,
            unassigned: false,
            key: None,
        }
    }
}

fn filtered(filter: &TaskFilter) -> tasks::BoxedQuery<'_, MultiBackend> {
    let mut query = tasks::table.filter(tasks::board_id.eq(filter.board_id)).into_boxed::<MultiBackend>();
    if !filter.statuses.is_empty() {
        query = query.filter(among(tasks::status, &filter.statuses));
    }
    if let Some(agent) = filter.assigned_agent_id {
        query = query.filter(tasks::assigned_agent_id.eq(agent));
    }
    if let Some(person) = filter.assigned_user_id {
        query = query.filter(tasks::assigned_user_id.eq(person));
    }
    if filter.unassigned {
        query = query.filter(tasks::assigned_agent_id.is_null()).filter(tasks::assigned_user_id.is_null());
    }
    if let Some((prefix, number)) = &filter.key {
        let so_called = boards::table.filter(boards::task_prefix.eq(prefix)).select(boards::id.nullable());
        query = query.filter(tasks::number.eq(number)).filter(tasks::board_id.eq_any(so_called));
    }
    query
}

/// The tasks that a filter shows, newest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, filter: &TaskFilter, page: Page) -> StoreResult<Listing<Task>> {
    listing!(
        conn,
        &page,
        filtered(filter),
        (Timestamp, TaskId)[desc(tasks::created_at), desc(tasks::id)],
        tasks::all_columns,
        texts ["tasks.title", "tasks.description"]
    )
}

/// The tasks on these boards that a person has and that are not done, those that were given last first.
///
/// # Errors
/// The database's.
pub fn held(conn: &mut Conn, boards: &[BoardId], person: UserId, page: Page) -> StoreResult<Listing<Task>> {
    let held = || {
        tasks::table
            .filter(tasks::assigned_user_id.eq(person))
            .filter(tasks::assigned_at.is_not_null())
            .filter(tasks::status.ne(TaskStatus::Done))
            .filter(among(tasks::board_id, boards))
    };
    listing!(
        conn,
        &page,
        held(),
        (Timestamp, TaskId)[desc(tasks::assigned_at.assume_not_null()), desc(tasks::id)],
        tasks::all_columns,
        texts ["tasks.title", "tasks.description"]
    )
}

/// The boards of an organization on which a person has tasks, in the order of their ids.
///
/// # Errors
/// The database's.
pub fn boards_with_tasks_of(
    conn: &mut Conn,
    organization: OrganizationId,
    person: UserId,
) -> StoreResult<Vec<BoardId>> {
    Ok(boards::table
        .inner_join(tasks::table.on(tasks::board_id.eq(boards::id.nullable())))
        .filter(boards::organization_id.eq(organization))
        .filter(tasks::assigned_user_id.eq(person))
        .order(boards::id.asc())
        .select(boards::id)
        .distinct()
        .load(conn)?)
}

/// The tasks of a board that a person has, whatever became of them. Call after [`lock_board`].
///
/// # Errors
/// The database's.
pub fn all_of(tx: &mut Tx<'_>, board: BoardId, person: UserId) -> StoreResult<Vec<Task>> {
    Ok(tasks::table
        .filter(tasks::board_id.eq(board))
        .filter(tasks::assigned_user_id.eq(person))
        .order(tasks::id.asc())
        .select(tasks::all_columns)
        .load(&mut **tx)?)
}

/// How many tasks of a board are in each column.
///
/// # Errors
/// The database's.
pub fn count_by_status(conn: &mut Conn, board_id: BoardId) -> StoreResult<Vec<(TaskStatus, i64)>> {
    Ok(tasks::table
        .filter(tasks::board_id.eq(board_id))
        .group_by(tasks::status)
        .select((tasks::status, diesel::dsl::count_star()))
        .load(conn)?)
}

/// The task of this number, if it is on this board.
///
/// # Errors
/// The database's.
pub fn find_numbered(conn: &mut Conn, board_id: BoardId, number: i32) -> StoreResult<Option<Task>> {
    Ok(tasks::table
        .filter(tasks::board_id.eq(board_id))
        .filter(tasks::number.eq(number))
        .select(tasks::all_columns)
        .first(conn)
        .optional()?)
}

/// The task of this id, if it is on this board.
///
/// # Errors
/// The database's.
pub fn find_on(conn: &mut Conn, board_id: BoardId, id: TaskId) -> StoreResult<Option<Task>> {
    let task: Option<Task> = tasks::table.find(id).select(tasks::all_columns).first(conn).optional()?;
    Ok(task.filter(|task| task.board_id == Some(board_id)))
}

/// Those of `ids` that are tasks of the board, oldest first.
///
/// # Errors
/// The database's.
pub fn find_all(conn: &mut Conn, board_id: BoardId, ids: &[TaskId]) -> StoreResult<Vec<Task>> {
    Ok(tasks::table
        .filter(tasks::board_id.eq(board_id))
        .filter(among(tasks::id, ids))
        .order((tasks::created_at.asc(), tasks::id.asc()))
        .select(tasks::all_columns)
        .load(conn)?)
}

/// What a task is called: its id, the prefix of the board's keys, its number and its title.
pub type TaskName = (TaskId, Option<String>, i32, String);

/// What tasks are called, those of these that exist.
///
/// # Errors
/// The database's.
pub fn names(conn: &mut Conn, ids: &[TaskId]) -> StoreResult<Vec<TaskName>> {
    Ok(tasks::table
        .left_join(boards::table)
        .filter(among(tasks::id, ids))
        .select((tasks::id, boards::task_prefix.nullable(), tasks::number, tasks::title))
        .load(conn)?)
}

/// Reads a board whose tasks are to be changed: until the transaction ends nobody else locks it. What tasks wait for is
/// decided by looking at many of them, so changes on one board take turns.
///
/// # Errors
/// The database's.
pub fn lock_board(tx: &mut Tx<'_>, board_id: BoardId) -> StoreResult<Option<Board>> {
    let query = boards::table.find(board_id).select(boards::all_columns);
    Ok(match &mut **tx {
        // Rows that merely refer to the board need not wait.
        Conn::Pg(pg) => query.for_no_key_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    })
}

/// Reads a task for an update, if it is on this board: until the transaction ends nobody else changes or locks it. Call
/// after [`lock_board`].
///
/// # Errors
/// The database's.
pub fn lock_on(tx: &mut Tx<'_>, board_id: BoardId, id: TaskId) -> StoreResult<Option<Task>> {
    let query = tasks::table.find(id).select(tasks::all_columns);
    let task: Option<Task> = match &mut **tx {
        Conn::Pg(pg) => query.for_no_key_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    };
    Ok(task.filter(|task| task.board_id == Some(board_id)))
}

/// Adds a task, and returns it with the next number of its board. Numbers of deleted tasks are not given again.
///
/// # Errors
/// [`StoreError::ForeignKey`] for an agent or person that is not there; the database's.
pub fn insert(tx: &mut Tx<'_>, task: &Task) -> StoreResult<Task> {
    let number = match task.board_id {
        None => 0,
        Some(board) => number(tx, board)?.ok_or(StoreError::NotFound("board"))?.last_task_number,
    };
    let task = Task { number, rank: rank::of_number(number), ..task.clone() };
    insert_numbered(tx, &task)?;
    Ok(task)
}

/// Gives the next number of a board to a task that is to be added, and returns the board with it, locked as by
/// [`lock_board`].
///
/// # Errors
/// The database's.
pub fn number(tx: &mut Tx<'_>, board: BoardId) -> StoreResult<Option<Board>> {
    Ok(diesel::update(boards::table.find(board))
        .set(boards::last_task_number.eq(boards::last_task_number + 1))
        .returning(boards::all_columns)
        .get_result(&mut **tx)
        .optional()?)
}

/// Adds a task that has a [`number`].
///
/// # Errors
/// As [`insert`].
pub fn insert_numbered(tx: &mut Tx<'_>, task: &Task) -> StoreResult<()> {
    diesel::insert_into(tasks::table).values(task).execute(&mut **tx)?;
    Ok(())
}

/// The lowest rank on a board above `rank`, or the lowest of all, besides that of one task.
///
/// # Errors
/// The database's.
pub fn next_rank(
    conn: &mut Conn,
    board: BoardId,
    rank: Option<&str>,
    besides: TaskId,
) -> StoreResult<Option<String>> {
    let others = tasks::table
        .filter(tasks::board_id.eq(board))
        .filter(tasks::id.ne(besides))
        .filter(tasks::rank.gt(rank.unwrap_or_default()));
    Ok(others.select(diesel::dsl::min(tasks::rank)).first(conn)?)
}

/// Gives a task a rank. That it is somewhere else does not make it another task: it keeps the time of its last change.
///
/// # Errors
/// The database's.
pub fn set_rank(tx: &mut Tx<'_>, id: TaskId, rank: &str) -> StoreResult<()> {
    diesel::update(tasks::table.find(id)).set(tasks::rank.eq(rank)).execute(&mut **tx)?;
    Ok(())
}

/// Gives all tasks of a board short ranks, in the order that they have. Call after [`lock_board`].
///
/// # Errors
/// The database's.
pub fn rank_anew(tx: &mut Tx<'_>, board: &Board) -> StoreResult<()> {
    let ids: Vec<TaskId> = tasks::table
        .filter(tasks::board_id.eq(board.id))
        .order((tasks::rank.asc(), tasks::number.desc()))
        .select(tasks::id)
        .load(&mut **tx)?;
    // There are no more tasks than numbers were given.
    for (id, number) in ids.into_iter().zip((1..=board.last_task_number).rev()) {
        set_rank(tx, id, &rank::of_number(number))?;
    }
    Ok(())
}

/// How many tasks of a board are in a column.
///
/// # Errors
/// The database's.
pub fn count_in(conn: &mut Conn, board: BoardId, status: TaskStatus) -> StoreResult<i64> {
    let there = tasks::table.filter(tasks::board_id.eq(board)).filter(tasks::status.eq(status));
    Ok(there.count().get_result(conn)?)
}

/// Changes a task.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn update(tx: &mut Tx<'_>, id: TaskId, changes: &TaskChanges) -> StoreResult<Task> {
    diesel::update(tasks::table.find(id))
        .set((changes, tasks::updated_at.eq(Timestamp::now())))
        .returning(tasks::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("task"))
}
