//! Tasks and comments as clients see them.

use std::collections::HashSet;

use mission_control_core::id::{BoardId, TaskId};
use mission_control_core::models::Task;
use mission_control_core::rules::custom_field_values;
use mission_control_shapes::{TagRef, TaskRead};
use mission_control_store::tasks::{dependencies, field_values};
use mission_control_store::{Conn, StoreResult, boards, custom_fields, tags};

/// Tasks of one board in their public form and in their order: five queries, however many there are.
///
/// # Errors
/// The database's.
pub fn reads(conn: &mut Conn, board: BoardId, tasks: Vec<Task>) -> StoreResult<Vec<TaskRead>> {
    if tasks.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<TaskId> = tasks.iter().map(|task| task.id).collect();
    let mut tags = tags::of_tasks(conn, &ids)?;
    let mut dependencies = dependencies::of_tasks(conn, &ids)?;
    let fields = custom_fields::of_board(conn, board)?;
    let values = field_values::of_tasks(conn, &ids)?;
    let prefix = boards::task_prefixes(conn, &[board])?.remove(&board);
    Ok(tasks
        .into_iter()
        .map(|task| {
            let waits_for = dependencies.remove(&task.id).unwrap_or_default();
            let tags: Vec<TagRef> =
                tags.remove(&task.id).unwrap_or_default().into_iter().map(TagRef::from).collect();
            let shown = custom_field_values::shown(&fields, values.get(&task.id));
            let mut read = TaskRead {
                custom_field_values: Some(shown),
                ..TaskRead::new(task, prefix.as_deref(), &waits_for, tags)
            };
            read.version = Some(read.as_seen().into());
            read
        })
        .collect())
}

/// The same of any boards, without the custom fields: three queries.
///
/// # Errors
/// The database's.
pub fn brief_reads(conn: &mut Conn, tasks: Vec<Task>) -> StoreResult<Vec<TaskRead>> {
    let ids: Vec<TaskId> = tasks.iter().map(|task| task.id).collect();
    let mut tags = tags::of_tasks(conn, &ids)?;
    let mut dependencies = dependencies::of_tasks(conn, &ids)?;
    let on: HashSet<BoardId> = tasks.iter().filter_map(|task| task.board_id).collect();
    let prefixes = boards::task_prefixes(conn, &Vec::from_iter(on))?;
    Ok(tasks
        .into_iter()
        .map(|task| {
            let prefix = task.board_id.and_then(|board| prefixes.get(&board)).map(String::as_str);
            let waits_for = dependencies.remove(&task.id).unwrap_or_default();
            let tags = tags.remove(&task.id).unwrap_or_default().into_iter().map(TagRef::from).collect();
            TaskRead::new(task, prefix, &waits_for, tags)
        })
        .collect())
}
