//! `gateway.delete`: removes the main agent from its gateway, then the gateway. A gateway that is gone or refuses does
//! not keep its registration alive; what stays behind there is named in the result.

use mission_control_core::models::{Agent, Gateway};
use mission_control_store::{StoreError, agents, boards, gateways};
use serde_json::{Value, json};

use super::delete_agent::remove_from_gateway;
use super::payload::DeleteGateway;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::naming;
use crate::record;
use crate::trouble::Trouble;

pub(super) async fn run(fleet: &Fleet, task: DeleteGateway) -> Result<Value, JobError> {
    let id = task.gateway;
    let found: Result<Option<(Gateway, Vec<Agent>)>, StoreError> = fleet
        .db()
        .read(move |conn| {
            let Some(gateway) = gateways::find(conn, id)? else { return Ok(None) };
            Ok(Some((gateway, agents::of_gateway(conn, id)?)))
        })
        .await;
    let Some((gateway, agents)) = found? else { return Ok(json!({ "ok": true })) };
    let left_behind = leave(fleet, &gateway, &agents).await;
    let deleted: Result<bool, StoreError> = fleet
        .db()
        .write(move |tx| {
            if gateways::lock(tx, id)?.is_none() {
                return Ok(true);
            }
            if !boards::of_gateway(tx, id)?.is_empty() {
                return Ok(false);
            }
            gateways::delete(tx, id)?;
            record::gateway_changed(tx, "gateway.deleted", &gateway);
            Ok(true)
        })
        .await;
    if !deleted? {
        return Err(JobError::Fatal { message: "a board was put on this gateway meanwhile".to_owned() });
    }
    fleet.gateways().remove(id);
    Ok(json!({ "ok": true, "left_behind": left_behind }))
}

/// Removes the agents from their gateway as far as it lets them go, and returns those that stayed behind there. After
/// the first sign that it is away the rest is not tried.
pub(super) async fn leave(fleet: &Fleet, gateway: &Gateway, agents: &[Agent]) -> Vec<Value> {
    let mut left_behind = Vec::new();
    for agent in agents {
        let Err(trouble) = remove_from_gateway(fleet, gateway, agent).await else { continue };
        tracing::warn!(gateway.id = %gateway.id, agent.id = %agent.id, error = %trouble, "gateway.agent_left_behind");
        left_behind.push(json!({ "agent": naming::agent_key(agent), "reason": trouble.to_string() }));
        if let Trouble::Gateway(error) = trouble
            && error.rpc().is_none()
        {
            break;
        }
    }
    left_behind
}
