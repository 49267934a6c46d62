//! What a change leaves behind: an entry for people in the activity feed, one for streams in the event log.

use mission_control_core::events::EventKind;
use mission_control_core::id::OrganizationId;
use mission_control_core::models::{ActivityEvent, Agent, Board, Gateway, NewEvent, Organization};
use mission_control_core::time::Timestamp;
use mission_control_shapes::{AgentRead, OrganizationMemberRead};
use mission_control_store::{StoreError, Tx, activity};
use serde_json::json;

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

/// The same, of what went wrong.
///
/// # Errors
/// The database's.
pub(crate) fn failure_of(
    tx: &mut Tx<'_>,
    agent: &Agent,
    kind: &str,
    message: String,
) -> Result<(), StoreError> {
    let event = ActivityEvent::new(kind, message).agent(agent.id).board(agent.board_id);
    activity::record(tx, &event.failed(true))
}

/// Tells streams that `agent` changed; `kind` is `agent.created`, `agent.updated` or `agent.deleted`.
pub(crate) fn agent_changed(tx: &mut Tx<'_>, organization: OrganizationId, kind: EventKind, agent: &Agent) {
    let read = AgentRead::of(agent, Timestamp::now());
    tx.append(NewEvent::of(kind, &read).organization(organization).board(agent.board_id));
}

/// Tells streams that `gateway` changed.
pub(crate) fn gateway_changed(tx: &mut Tx<'_>, kind: EventKind, gateway: &Gateway) {
    let read = json!({ "id": gateway.id, "name": gateway.name });
    tx.append(NewEvent::of(kind, &read).organization(gateway.organization_id));
}

/// Tells streams that the connection to `gateway` is up, down or refused now.
pub(crate) fn connection_changed(tx: &mut Tx<'_>, gateway: &Gateway) {
    let read = json!({
        "id": gateway.id,
        "name": gateway.name,
        "connection_state": gateway.connection_state.as_str(),
        "connection_error": gateway.connection_error,
        "version": gateway.version,
        "protocol": gateway.protocol,
    });
    tx.append(NewEvent::of(EventKind::GatewayConnection, &read).organization(gateway.organization_id));
}

/// Tells streams that `board` changed.
pub(crate) fn board_changed(tx: &mut Tx<'_>, kind: EventKind, board: &Board) {
    let read = json!({ "id": board.id, "name": board.name });
    tx.append(NewEvent::of(kind, &read).organization(board.organization_id).board(board.id));
}

/// Tells streams that an organization is no more.
pub(crate) fn organization_deleted(tx: &mut Tx<'_>, organization: &Organization) {
    let read = json!({ "id": organization.id, "name": organization.name });
    tx.append(NewEvent::of(EventKind::OrganizationDeleted, &read).organization(organization.id));
}

/// Tells streams that somebody joined an organization, left it, or has other rights in it.
pub(crate) fn member_changed(tx: &mut Tx<'_>, kind: EventKind, member: &OrganizationMemberRead) {
    tx.append(NewEvent::of(kind, member).organization(member.organization_id));
}
