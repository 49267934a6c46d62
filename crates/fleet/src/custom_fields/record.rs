//! What a change of a custom field leaves behind: an event for streams.

use mission_control_core::events::EventKind;
use mission_control_core::models::NewEvent;
use mission_control_shapes::TaskCustomFieldDefinitionRead;
use mission_control_store::Tx;
use serde_json::json;

/// Tells streams how the field is now. They are open to members who do not see all of its boards: those are read with
/// the list.
pub(super) fn changed(tx: &mut Tx<'_>, kind: EventKind, read: &TaskCustomFieldDefinitionRead) {
    let mut shown = json!(read);
    if let Some(fields) = shown.as_object_mut() {
        fields.remove("board_ids");
    }
    tx.append(NewEvent::of(kind, &shown).organization(read.organization_id));
}
