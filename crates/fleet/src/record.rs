//! What a change leaves behind: an entry for people in the activity feed, one for streams in the event log.

use mission_control_core::events::{GATEWAY_CONNECTION, MEMBER_DELETED, ORGANIZATION_DELETED};
use mission_control_core::id::OrganizationId;
use mission_control_core::models::{
    ActivityEvent, Agent, Board, Gateway, NewEvent, Organization, OrganizationMember,
};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, Tx, activity, event_log};
use serde_json::json;

use crate::agents::AgentRead;

/// Appends an activity event about `agent`.
///
/// # Errors
/// The database's.
pub(crate) fn activity_of(
    tx: &mut Tx<'_>,
    agent: &Agent,
    kind: &str,
    message: String,
) -> Result<(), StoreError> {
    activity::record(tx, &ActivityEvent::new(kind, message).agent(agent.id).board(agent.board_id))
}

/// Tells streams that `agent` changed; `kind` is `agent.created`, `agent.updated` or `agent.deleted`.
pub(crate) fn agent_changed(tx: &mut Tx<'_>, organization: OrganizationId, kind: &str, agent: &Agent) {
    let payload = json!({ "agent": AgentRead::of(agent, Timestamp::now()) });
    event_log::append(tx, NewEvent::new(kind, payload).organization(organization).board(agent.board_id));
}

/// Tells streams that `gateway` changed.
pub(crate) fn gateway_changed(tx: &mut Tx<'_>, kind: &str, gateway: &Gateway) {
    let payload = json!({ "gateway": { "id": gateway.id, "name": gateway.name } });
    event_log::append(tx, NewEvent::new(kind, payload).organization(gateway.organization_id));
}

/// Tells streams that the connection to `gateway` is up, down or refused now.
pub(crate) fn connection_changed(tx: &mut Tx<'_>, gateway: &Gateway) {
    let payload = json!({ "gateway": {
        "id": gateway.id,
        "name": gateway.name,
        "connection_state": gateway.connection_state.as_str(),
        "connection_error": gateway.connection_error,
        "version": gateway.version,
        "protocol": gateway.protocol,
    }});
    event_log::append(tx, NewEvent::new(GATEWAY_CONNECTION, payload).organization(gateway.organization_id));
}

/// Tells streams that `board` changed.
pub(crate) fn board_changed(tx: &mut Tx<'_>, kind: &str, board: &Board) {
    let payload = json!({ "board": { "id": board.id, "name": board.name } });
    event_log::append(tx, NewEvent::new(kind, payload).organization(board.organization_id).board(board.id));
}

/// Tells streams that an organization is no more.
pub(crate) fn organization_deleted(tx: &mut Tx<'_>, organization: &Organization) {
    let payload = json!({ "organization": { "id": organization.id, "name": organization.name } });
    event_log::append(tx, NewEvent::new(ORGANIZATION_DELETED, payload).organization(organization.id));
}

/// Tells streams that somebody left an organization.
pub(crate) fn member_deleted(tx: &mut Tx<'_>, member: &OrganizationMember) {
    let payload = json!({ "member": {
        "id": member.id,
        "organization_id": member.organization_id,
        "user_id": member.user_id,
        "role": member.role.as_str(),
    }});
    event_log::append(tx, NewEvent::new(MEMBER_DELETED, payload).organization(member.organization_id));
}
