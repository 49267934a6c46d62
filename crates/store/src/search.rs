//! Finding things by a part of their name.

use diesel::prelude::*;
use mission_control_core::id::BoardId;
use mission_control_core::models::Task;
use mission_control_core::rules::search::Sought;
use mission_control_core::rules::task_key;
use mission_control_core::schema::{boards, tasks};

use crate::among::among;
use crate::conn::{Conn, MultiBackend};
use crate::error::StoreResult;
use crate::sql::{like_literally, lower};

/// A task that was found, with what its board says of it.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct Found {
    /// The task.
    pub task: Task,
    /// Name of its board.
    pub board_name: String,
    /// First part of its key.
    pub task_prefix: String,
}

/// Tasks on these boards whose key is `sought`, then those with every word of it in their title, in any case; the last
/// changed come first.
///
/// # Errors
/// The database's.
pub fn tasks(conn: &mut Conn, ids: &[BoardId], sought: &Sought, limit: i64) -> StoreResult<Vec<Found>> {
    let on_boards = || {
        tasks::table
            .inner_join(boards::table.on(tasks::board_id.eq(boards::id.nullable())))
            .filter(among(boards::id, ids))
            .order((tasks::updated_at.desc(), tasks::id.desc()))
            .limit(limit)
            .select((tasks::all_columns, boards::name, boards::task_prefix))
            .into_boxed::<MultiBackend>()
    };
    let mut query = on_boards();
    for word in sought.words() {
        query = query.filter(lower(tasks::title).like(format!("%{}%", like_literally(word))).escape('\\'));
    }
    let Some((prefix, number)) = task_key::parse(sought.text()) else { return Ok(query.load(conn)?) };
    let named = on_boards().filter(boards::task_prefix.eq(prefix)).filter(tasks::number.eq(number));
    let mut found: Vec<Found> = named.load(conn)?;
    let titled: Vec<Found> = query.load(conn)?;
    let others = titled.into_iter().filter(|one| found.iter().all(|other| other.task.id != one.task.id));
    let others: Vec<Found> = others.collect();
    found.extend(others);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}
