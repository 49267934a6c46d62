//! What a change leaves behind: an entry for people in the activity feed, one for streams in the event log.

use mission_control_core::id::OrganizationId;
use mission_control_core::models::{ActivityEvent, Agent, Board, Gateway, Organization};
use mission_control_core::rules::agent_token;
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::{
    AgentChanged, BoardChanged, Event, GatewayChanged, GatewayConnectionRead, MemberChanged, Named,
};
use mission_control_shapes::{AgentRead, OrganizationMemberRead};
use mission_control_store::{StoreError, Tx, activity};
use serde_json::{Value, json};

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

/// Tells streams that `agent` changed; `event` is that it was made, changed or is gone.
pub(crate) fn agent_changed(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    event: fn(AgentChanged) -> Event,
    agent: &Agent,
) {
    let read = AgentRead::of(agent, Timestamp::now());
    tx.append(event(read.into()).organization(organization).board(agent.board_id));
}

/// Tells streams that `gateway` changed.
pub(crate) fn gateway_changed(tx: &mut Tx<'_>, event: fn(GatewayChanged) -> Event, gateway: &Gateway) {
    let named = Named::new(gateway.id, &gateway.name);
    tx.append(event(named.into()).organization(gateway.organization_id));
}

/// Tells streams that the connection to `gateway` is up, down or refused now.
pub(crate) fn connection_changed(tx: &mut Tx<'_>, gateway: &Gateway) {
    let read = GatewayConnectionRead::from(gateway);
    tx.append(Event::GatewayConnection(read.into()).organization(gateway.organization_id));
}

/// Tells streams that `board` changed.
pub(crate) fn board_changed(tx: &mut Tx<'_>, event: fn(BoardChanged) -> Event, board: &Board) {
    let named = Named::new(board.id, &board.name);
    tx.append(event(named.into()).organization(board.organization_id).board(board.id));
}

/// How a board is governed, for the audit.
pub(crate) fn governed_board(board: &Board) -> Value {
    json!({
        "name": board.name,
        "gateway_id": board.gateway_id,
        "board_group_id": board.board_group_id,
        "board_type": board.board_type,
        "objective": board.objective,
        "goal_confirmed": board.goal_confirmed,
        "require_approval_for_done": board.require_approval_for_done,
        "require_review_before_done": board.require_review_before_done,
        "block_status_changes_with_pending_approval": board.block_status_changes_with_pending_approval,
        "only_lead_can_change_status": board.only_lead_can_change_status,
        "comment_required_for_review": board.comment_required_for_review,
        "max_agents": board.max_agents,
        "paused_at": board.paused_at,
        "heartbeat_policy": board.heartbeat_policy.as_str(),
        "heartbeat_floor": board.heartbeat_floor,
        "heartbeat_ceiling": board.heartbeat_ceiling,
        "task_prefix": board.task_prefix,
    })
}

/// How an agent is governed, for the audit.
pub(crate) fn governed_agent(agent: &Agent) -> Value {
    json!({
        "name": agent.name,
        "board_id": agent.board_id,
        "gateway_id": agent.gateway_id,
        "is_board_lead": agent.is_board_lead,
        "status": agent.status.as_str(),
        "paused_at": agent.paused_at,
        "heartbeat_config": agent.heartbeat_config,
        "identity_profile": agent.identity_profile,
        "identity_template": agent.identity_template,
        "soul_template": agent.soul_template,
    })
}

/// How a gateway is governed, for the audit: of its credential only whether it is the same.
pub(crate) fn governed_gateway(gateway: &Gateway) -> Value {
    json!({
        "name": gateway.name,
        "url": gateway.url,
        "workspace_root": gateway.workspace_root,
        "allow_insecure_tls": gateway.allow_insecure_tls,
        "disable_device_pairing": gateway.disable_device_pairing,
        "drift_policy": gateway.drift_policy.as_str(),
        "credential": gateway.token.as_deref().map(agent_token::digest),
    })
}

/// Tells streams that an organization is no more.
pub(crate) fn organization_deleted(tx: &mut Tx<'_>, organization: &Organization) {
    let named = Named::new(organization.id, &organization.name);
    tx.append(Event::OrganizationDeleted(named.into()).organization(organization.id));
}

/// Tells streams that somebody joined an organization, left it, or has other rights in it.
pub(crate) fn member_changed(
    tx: &mut Tx<'_>,
    event: fn(MemberChanged) -> Event,
    member: &OrganizationMemberRead,
) {
    tx.append(event(member.clone().into()).organization(member.organization_id));
}
