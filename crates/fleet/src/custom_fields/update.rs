//! Changing a custom field.

use mission_control_core::id::{BoardId, CustomFieldId};
use mission_control_core::models::CustomFieldChanges;
use mission_control_core::rules::custom_fields as rules;
use mission_control_core::rules::seat::Seat;
use mission_control_shapes::TaskCustomFieldDefinitionRead;
use mission_control_shapes::events::Event;
use mission_control_store::{StoreError, blocking, custom_fields, organizations};

use super::binding::{Bindable, bind};
use super::error::CustomFieldError;
use super::record;
use crate::fleet::Fleet;

/// Changes a field, and where `boards` are given, whose tasks have it. Values that tasks have already stay as they are.
///
/// # Errors
/// No such field; no pattern, or parts that would not fit together; boards that the member does not see.
pub async fn update(
    fleet: &Fleet,
    member: Seat,
    id: CustomFieldId,
    changes: CustomFieldChanges,
    boards: Option<Vec<BoardId>>,
) -> Result<TaskCustomFieldDefinitionRead, CustomFieldError> {
    let pattern = changes.validation_regex.clone().flatten();
    // A pattern of a thousand characters takes up to 0.15 s to compile, so this is done aside.
    blocking(move || {
        pattern.as_deref().map_or(Ok(()), rules::validate_pattern).map_err(CustomFieldError::from)
    })
    .await?;
    let updated = fleet.db().write(move |tx| {
        organizations::lock(tx, member.organization_id)?;
        let field = custom_fields::lock_in(tx, member.organization_id, id)?;
        rules::validate_changes(field.ok_or(StoreError::NotFound("custom field"))?, &changes)?;
        let bindable = Bindable::of(tx, &member)?;
        let mut bound = custom_fields::boards_of(tx, &[id])?.remove(&id).unwrap_or_default();
        if let Some(mut wanted) = boards {
            bindable.check(tx, &wanted)?;
            // Who does not see a board does not take the field from it.
            wanted.extend(bound.iter().filter(|board| bindable.is_hidden(**board)));
            bind(tx, id, &wanted)?;
            bound = custom_fields::boards_of(tx, &[id])?.remove(&id).unwrap_or_default();
        }
        let field = custom_fields::update(tx, id, &changes)?;
        bound.retain(|board| !bindable.is_hidden(*board));
        let read = TaskCustomFieldDefinitionRead::new(field, bound);
        record::changed(tx, Event::CustomFieldUpdated, &read);
        Ok::<_, CustomFieldError>(read)
    });
    updated.await
}
