//! What a change tells the event log.

use mission_control_core::id::OrganizationId;
use mission_control_core::models::NewEvent;
use mission_control_store::Tx;
use serde::Serialize;
use serde_json::json;

/// Tells streams of the organization what an entity looks like now. `kind` begins with the entity's name, as in
/// [`mission_control_core::events`]; the payload has the entity under that name.
pub(crate) fn changed(tx: &mut Tx<'_>, organization: OrganizationId, kind: &str, entity: &impl Serialize) {
    let name = kind.split('.').next().unwrap_or_default();
    tx.append(NewEvent::new(kind, json!({ name: entity })).organization(organization));
}
