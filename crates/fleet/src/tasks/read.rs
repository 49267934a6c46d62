//! Tasks and comments as clients see them.

use std::collections::{HashMap, HashSet};

use mission_control_core::id::{BoardId, CustomFieldId, TaskId};
use mission_control_core::models::{CustomField, StaleTask, Task, TaskStatus};
use mission_control_core::rules::custom_field_values;
use mission_control_shapes::{TagRef, TaskRead};
use mission_control_store::tasks::{dependencies, field_values, stale};
use mission_control_store::{Conn, StoreResult, boards, custom_fields, tags};
use serde_json::Value;

/// Tasks of one board in their public form and in their order: six queries, however many there are.
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
    let stale = stale::of_tasks(conn, &ids)?;
    let prefix = boards::task_prefixes(conn, &[board])?.remove(&board);
    Ok(tasks
        .into_iter()
        .map(|task| {
            let waits_for = dependencies.remove(&task.id).unwrap_or_default();
            let tags: Vec<TagRef> =
                tags.remove(&task.id).unwrap_or_default().into_iter().map(TagRef::from).collect();
            let own = values.get(&task.id);
            let mark = stale.get(&task.id);
            read(task, prefix.as_deref(), &waits_for, tags, &fields, own, mark)
        })
        .collect())
}

/// A task of a board that has this prefix and these fields, with all that belongs to it.
pub(super) fn read(
    task: Task,
    prefix: Option<&str>,
    waits_for: &[(TaskId, TaskStatus)],
    tags: Vec<TagRef>,
    fields: &[CustomField],
    own: Option<&HashMap<CustomFieldId, Value>>,
    mark: Option<&StaleTask>,
) -> TaskRead {
    let shown = custom_field_values::shown(fields, own);
    let mut read =
        TaskRead { custom_field_values: Some(shown), ..TaskRead::new(task, prefix, waits_for, tags, mark) };
    read.version = Some(read.as_seen().into());
    read
}

/// The same of any boards, without the custom fields: four queries.
///
/// # Errors
/// The database's.
pub fn brief_reads(conn: &mut Conn, tasks: Vec<Task>) -> StoreResult<Vec<TaskRead>> {
    let ids: Vec<TaskId> = tasks.iter().map(|task| task.id).collect();
    let mut tags = tags::of_tasks(conn, &ids)?;
    let mut dependencies = dependencies::of_tasks(conn, &ids)?;
    let stale = stale::of_tasks(conn, &ids)?;
    let on: HashSet<BoardId> = tasks.iter().filter_map(|task| task.board_id).collect();
    let prefixes = boards::task_prefixes(conn, &Vec::from_iter(on))?;
    Ok(tasks
        .into_iter()
        .map(|task| {
            let prefix = task.board_id.and_then(|board| prefixes.get(&board)).map(String::as_str);
            let waits_for = dependencies.remove(&task.id).unwrap_or_default();
            let tags = tags.remove(&task.id).unwrap_or_default().into_iter().map(TagRef::from).collect();
            let mark = stale.get(&task.id);
            TaskRead::new(task, prefix, &waits_for, tags, mark)
        })
        .collect())
}
