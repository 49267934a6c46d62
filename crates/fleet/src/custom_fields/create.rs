//! Creating a custom field.

use mission_control_core::id::BoardId;
use mission_control_core::models::CustomField;
use mission_control_core::rules::custom_fields as rules;
use mission_control_core::rules::seat::Seat;
use mission_control_shapes::TaskCustomFieldDefinitionRead;
use mission_control_shapes::events::Event;
use mission_control_store::{StoreError, blocking, custom_fields, organizations};

use super::binding::{Bindable, bind};
use super::error::CustomFieldError;
use super::record;
use crate::fleet::Fleet;

/// Keeps a new field of the tasks of these boards.
///
/// # Errors
/// No pattern, or parts that do not fit together; boards that the member does not see; a key that is taken.
pub async fn create(
    fleet: &Fleet,
    member: Seat,
    field: CustomField,
    boards: Vec<BoardId>,
) -> Result<TaskCustomFieldDefinitionRead, CustomFieldError> {
    let field = CustomField { organization_id: member.organization_id, ..field };
    // A pattern of a thousand characters takes up to 0.15 s to compile, so this is done aside.
    let field = blocking(move || {
        field.validation_regex.as_deref().map_or(Ok(()), rules::validate_pattern)?;
        rules::validate_definition(&field)?;
        Ok::<_, CustomFieldError>(field)
    })
    .await?;
    let created = fleet.db().write(move |tx| {
        organizations::lock(tx, member.organization_id)?;
        Bindable::of(tx, &member)?.check(tx, &boards)?;
        custom_fields::insert(tx, &field).map_err(|error| match error {
            StoreError::Duplicate { .. } => CustomFieldError::KeyTaken,
            other => other.into(),
        })?;
        bind(tx, field.id, &boards)?;
        let read = TaskCustomFieldDefinitionRead::new(field, boards);
        record::changed(tx, Event::CustomFieldCreated, &read);
        Ok::<_, CustomFieldError>(read)
    });
    created.await
}
