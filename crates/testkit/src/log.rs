//! Entries of the event log as any release may have written them.

use mission_control_core::id::OrganizationId;
use mission_control_core::models::NewLogEntry;
use mission_control_core::time::Timestamp;
use serde_json::Value;

/// An entry for an organization, or for the whole installation.
pub fn entry(organization: impl Into<Option<OrganizationId>>, kind: &str, payload: Value) -> NewLogEntry {
    NewLogEntry {
        organization_id: organization.into(),
        board_id: None,
        kind: kind.to_owned(),
        payload,
        created_at: Timestamp::now(),
    }
}
