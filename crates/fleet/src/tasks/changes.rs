//! What a change of a task was, in words.

use mission_control_core::models::Task;
use mission_control_core::rules::assignee::Assignee;
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, Tx, agents, users};

use super::TaskPatch;

/// Stands for a value that is not there.
const NOTHING: &str = "–";

/// A line for each value that is another now, `priority: medium → high`, and one, `changed: tags, description`, for what
/// is too long to show. Clients read them; they end the message of an activity event, each after a line break.
pub(super) fn lines(
    tx: &mut Tx<'_>,
    before: &Task,
    after: &Task,
    patch: &TaskPatch,
) -> Result<String, StoreError> {
    let mut names = |who: Option<Assignee>| -> Result<String, StoreError> {
        let name = match who {
            None => None,
            Some(Assignee::Agent(id)) => agents::find(tx, id)?.map(|agent| agent.name),
            Some(Assignee::Person(id)) => users::names(tx, &[id])?.remove(&id),
        };
        Ok(name.unwrap_or_else(|| NOTHING.to_owned()))
    };
    let values = [
        ("status", before.status.to_string(), after.status.to_string()),
        ("title", before.title.clone(), after.title.clone()),
        ("priority", before.priority.clone(), after.priority.clone()),
        ("due", due(before.due_at), due(after.due_at)),
        ("assignee", names(before.assignee())?, names(after.assignee())?),
    ];
    let changed = values.iter().filter(|(_, old, new)| old != new);
    let mut lines: Vec<String> = changed.map(|(name, old, new)| format!("\n{name}: {old} → {new}")).collect();
    let long = [
        ("description", before.description != after.description),
        ("tags", patch.tag_ids.is_some()),
        ("dependencies", patch.depends_on_task_ids.is_some()),
        ("fields", patch.custom_field_values.is_some()),
    ];
    let long: Vec<&str> = long.iter().filter(|(_, differs)| *differs).map(|(name, _)| *name).collect();
    if !long.is_empty() {
        lines.push(format!("\nchanged: {}", long.join(", ")));
    }
    Ok(lines.concat())
}

fn due(at: Option<Timestamp>) -> String {
    at.map_or_else(|| NOTHING.to_owned(), |at| at.to_string())
}
