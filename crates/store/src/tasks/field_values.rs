//! Values of custom fields on tasks.

use std::collections::HashMap;

use diesel::prelude::*;
use mission_control_core::id::{CustomFieldId, TaskId};
use mission_control_core::models::CustomFieldValue;
use mission_control_core::schema::task_custom_field_values as values;
use mission_control_core::time::Timestamp;
use serde_json::Value;

use crate::among::among;
use crate::batch::insert_all;
use crate::conn::Conn;
use crate::error::StoreResult;
use crate::tx::Tx;

/// The tasks' own values; a task without any is left out.
///
/// # Errors
/// The database's.
pub fn of_tasks(
    conn: &mut Conn,
    tasks: &[TaskId],
) -> StoreResult<HashMap<TaskId, HashMap<CustomFieldId, Value>>> {
    let rows: Vec<(TaskId, CustomFieldId, Option<Value>)> = values::table
        .filter(among(values::task_id, tasks))
        .select((values::task_id, values::task_custom_field_definition_id, values::value))
        .load(conn)?;
    let mut of_tasks: HashMap<_, HashMap<_, _>> = HashMap::new();
    for (task, field, value) in rows {
        of_tasks.entry(task).or_default().insert(field, value.unwrap_or_default());
    }
    Ok(of_tasks)
}

/// Gives a new task its values.
///
/// # Errors
/// [`crate::StoreError::ForeignKey`] when the task or a field is not there; the database's.
pub fn add(tx: &mut Tx<'_>, task: TaskId, given: &[(CustomFieldId, Value)]) -> StoreResult<()> {
    let rows: Vec<_> =
        given.iter().map(|(field, value)| CustomFieldValue::new(task, *field, value.clone())).collect();
    Ok(insert_all!(&mut **tx, values::table, &rows)?)
}

/// Gives a task a value, or takes it away.
///
/// # Errors
/// [`crate::StoreError::ForeignKey`] when the task or the field is not there; the database's.
pub fn set(tx: &mut Tx<'_>, task: TaskId, field: CustomFieldId, value: Option<Value>) -> StoreResult<()> {
    let row = || {
        values::table
            .filter(values::task_id.eq(task))
            .filter(values::task_custom_field_definition_id.eq(field))
    };
    let Some(value) = value else {
        diesel::delete(row()).execute(&mut **tx)?;
        return Ok(());
    };
    let changed = diesel::update(row())
        .set((values::value.eq(Some(value.clone())), values::updated_at.eq(Timestamp::now())))
        .execute(&mut **tx)?;
    if changed == 0 {
        diesel::insert_into(values::table)
            .values(CustomFieldValue::new(task, field, value))
            .execute(&mut **tx)?;
    }
    Ok(())
}
