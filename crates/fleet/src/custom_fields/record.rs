//! What a change of a custom field leaves behind: an event for streams.

use mission_control_shapes::TaskCustomFieldDefinitionRead;
use mission_control_shapes::events::{CustomFieldChanged, CustomFieldTold, Event};
use mission_control_store::Tx;

/// Tells streams how the field is now. They are open to members who do not see all of its boards: those are read with
/// the list.
pub(super) fn changed(
    tx: &mut Tx<'_>,
    event: fn(CustomFieldChanged) -> Event,
    read: &TaskCustomFieldDefinitionRead,
) {
    let told = CustomFieldTold::from(read.clone());
    tx.append(event(told.into()).organization(read.organization_id));
}
