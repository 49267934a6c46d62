//! Custom fields of tasks: definitions and the boards that have them.

use std::collections::HashMap;

use diesel::prelude::*;
use mission_control_core::id::{BoardId, CustomFieldId, OrganizationId};
use mission_control_core::limits::CUSTOM_FIELDS;
use mission_control_core::models::{CustomField, CustomFieldBinding, CustomFieldChanges};
use mission_control_core::schema::{
    board_task_custom_fields as bindings, boards, task_custom_field_definitions as definitions,
    task_custom_field_values as values,
};
use mission_control_core::time::Timestamp;

use crate::among::{among, not_among};
use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::sql::{beginning, lower};
use crate::tx::Tx;

/// The fields of an organization, by label.
///
/// # Errors
/// The database's.
pub fn list(
    conn: &mut Conn,
    organization_id: OrganizationId,
    page: Page,
) -> StoreResult<Listing<CustomField>> {
    let of_organization = definitions::organization_id.eq(organization_id);
    listing!(
        conn,
        &page,
        definitions::table.filter(of_organization),
        (String, (Timestamp, CustomFieldId))[
            asc(beginning(lower(definitions::label))),
            asc(definitions::created_at),
            asc(definitions::id)
        ],
        definitions::all_columns,
        texts [
            "task_custom_field_definitions.label",
            "task_custom_field_definitions.description",
            "task_custom_field_definitions.validation_regex",
            "task_custom_field_definitions.default_value"
        ]
    )
}

/// The fields that the tasks of a board have, by label.
///
/// # Errors
/// The database's.
pub fn of_board(conn: &mut Conn, board_id: BoardId) -> StoreResult<Vec<CustomField>> {
    Ok(definitions::table
        .inner_join(bindings::table.inner_join(boards::table))
        .filter(bindings::board_id.eq(board_id))
        .filter(definitions::organization_id.eq(boards::organization_id))
        .order((lower(definitions::label).asc(), definitions::created_at.asc(), definitions::id.asc()))
        .select(definitions::all_columns)
        .load(conn)?)
}

/// The field of this id, if it is this organization's.
///
/// # Errors
/// The database's.
pub fn find_in(
    conn: &mut Conn,
    organization_id: OrganizationId,
    id: CustomFieldId,
) -> StoreResult<Option<CustomField>> {
    Ok(definitions::table
        .find(id)
        .filter(definitions::organization_id.eq(organization_id))
        .select(definitions::all_columns)
        .first(conn)
        .optional()?)
}

/// Like [`find_in`], for an update: until the transaction ends nobody else changes or locks it.
///
/// # Errors
/// The database's.
pub fn lock_in(
    tx: &mut Tx<'_>,
    organization_id: OrganizationId,
    id: CustomFieldId,
) -> StoreResult<Option<CustomField>> {
    if let Conn::Pg(pg) = &mut **tx {
        definitions::table
            .find(id)
            .for_update()
            .select(definitions::id)
            .first::<CustomFieldId>(pg)
            .optional()?;
    }
    find_in(tx, organization_id, id)
}

/// The boards that have each of the fields, in order of their ids.
///
/// # Errors
/// The database's.
pub fn boards_of(
    conn: &mut Conn,
    fields: &[CustomFieldId],
) -> StoreResult<HashMap<CustomFieldId, Vec<BoardId>>> {
    let rows: Vec<(CustomFieldId, BoardId)> = bindings::table
        .filter(among(bindings::task_custom_field_definition_id, fields))
        .order(bindings::board_id.asc())
        .select((bindings::task_custom_field_definition_id, bindings::board_id))
        .load(conn)?;
    let mut boards: HashMap<_, Vec<_>> = HashMap::new();
    for (field, board) in rows {
        boards.entry(field).or_default().push(board);
    }
    Ok(boards)
}

/// Adds a field.
///
/// # Errors
/// [`StoreError::Duplicate`] when the organization has one of this key; the database's.
pub fn insert(tx: &mut Tx<'_>, field: &CustomField) -> StoreResult<()> {
    diesel::insert_into(definitions::table).values(field).execute(&mut **tx)?;
    Ok(())
}

/// Changes a field.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn update(tx: &mut Tx<'_>, id: CustomFieldId, changes: &CustomFieldChanges) -> StoreResult<CustomField> {
    diesel::update(definitions::table.find(id))
        .set((changes, definitions::updated_at.eq(Timestamp::now())))
        .returning(definitions::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("custom field"))
}

/// Gives the field to exactly these boards. Values on other boards' tasks stay, unseen, until the board has it again.
/// Returns those boards that it was not on and that have more than [`CUSTOM_FIELDS`] with it; the organization has to be
/// locked for that.
///
/// # Errors
/// [`StoreError::ForeignKey`] for a board that is not there; the database's.
pub fn bind(tx: &mut Tx<'_>, id: CustomFieldId, boards: &[BoardId]) -> StoreResult<Vec<BoardId>> {
    let of_field = || bindings::table.filter(bindings::task_custom_field_definition_id.eq(id));
    diesel::delete(of_field().filter(not_among(bindings::board_id, boards))).execute(&mut **tx)?;
    let bound: Vec<BoardId> = of_field().select(bindings::board_id).load(&mut **tx)?;
    let new: Vec<BoardId> = boards.iter().filter(|board| !bound.contains(board)).copied().collect();
    for board in &new {
        diesel::insert_into(bindings::table)
            .values(CustomFieldBinding::new(*board, id))
            .execute(&mut **tx)?;
    }
    Ok(bindings::table
        .filter(among(bindings::board_id, &new))
        .group_by(bindings::board_id)
        .having(diesel::dsl::count_star().gt(CUSTOM_FIELDS))
        .select(bindings::board_id)
        .load(&mut **tx)?)
}

/// Whether some task has a value of the field.
///
/// # Errors
/// The database's.
pub fn is_used(conn: &mut Conn, id: CustomFieldId) -> StoreResult<bool> {
    let used = values::table.filter(values::task_custom_field_definition_id.eq(id));
    Ok(diesel::select(diesel::dsl::exists(used)).get_result(conn)?)
}

/// Deletes a field that no task has a value of.
///
/// # Errors
/// [`StoreError::ForeignKey`] when one has; [`StoreError::NotFound`]; the database's.
pub fn delete(tx: &mut Tx<'_>, id: CustomFieldId) -> StoreResult<()> {
    diesel::delete(bindings::table.filter(bindings::task_custom_field_definition_id.eq(id)))
        .execute(&mut **tx)?;
    match diesel::delete(definitions::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("custom field")),
        _ => Ok(()),
    }
}
