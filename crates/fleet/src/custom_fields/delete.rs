//! Deleting a custom field.

use mission_control_core::id::CustomFieldId;
use mission_control_shapes::TaskCustomFieldDefinitionRead;
use mission_control_shapes::events::Event;
use mission_control_store::{StoreError, custom_fields};

use super::error::CustomFieldError;
use super::record;
use crate::fleet::{Caller, Fleet};

/// Deletes a field that no task has a value of.
///
/// # Errors
/// No such field; one that tasks have values of; the database's.
pub async fn delete(fleet: &Fleet, caller: Caller, id: CustomFieldId) -> Result<(), CustomFieldError> {
    let deleted = fleet.db().write(move |tx| {
        let field = custom_fields::lock_in(tx, caller.organization, id)?;
        let field = field.ok_or(StoreError::NotFound("custom field"))?;
        if custom_fields::is_used(tx, id)? {
            return Err(CustomFieldError::InUse);
        }
        custom_fields::delete(tx, id)?;
        let read = TaskCustomFieldDefinitionRead::new(field, Vec::new());
        record::changed(tx, Event::CustomFieldDeleted, &read);
        Ok(())
    });
    deleted.await
}
