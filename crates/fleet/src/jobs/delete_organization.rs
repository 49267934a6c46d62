//! `organization.delete`: removes an organization's agents from their gateways, then the organization with everything of
//! it. A gateway that is gone or refuses does not keep the organization alive; what stays behind there is named in the
//! result.

use mission_control_core::id::{GatewayId, OrganizationId};
use mission_control_core::models::{Agent, Gateway};
use mission_control_store::{Page, StoreError, agents, gateways, organizations};
use serde_json::{Value, json};

use super::delete_gateway::leave;
use super::payload::DeleteOrganization;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::record;

pub(super) async fn run(fleet: &Fleet, task: DeleteOrganization) -> Result<Value, JobError> {
    let id = task.organization;
    let left = leave_gateways(fleet, id).await?;
    let deleted: Result<(), StoreError> = fleet
        .db()
        .write(move |tx| {
            let Some(organization) = organizations::lock(tx, id)? else { return Ok(()) };
            organizations::delete(tx, id)?;
            record::organization_deleted(tx, &organization);
            Ok(())
        })
        .await;
    deleted?;
    Ok(json!({ "ok": true, "left_behind": left.disconnect(fleet) }))
}

/// What is left when an organization's agents have left its gateways.
pub(super) struct Left {
    gateways: Vec<GatewayId>,
    agents: Vec<Value>,
}

impl Left {
    /// Ends this process's connections to the gateways, once their rows are gone, and returns the agents that stayed
    /// behind.
    pub(super) fn disconnect(self, fleet: &Fleet) -> Vec<Value> {
        for gateway in self.gateways {
            fleet.gateways().remove(gateway);
        }
        self.agents
    }
}

/// Removes the organization's agents from its gateways as far as these let them go.
pub(super) async fn leave_gateways(fleet: &Fleet, id: OrganizationId) -> Result<Left, StoreError> {
    let registered: Vec<(Gateway, Vec<Agent>)> = fleet
        .db()
        .read(move |conn| {
            let mut registered = Vec::new();
            for gateway in gateways::list(conn, id, Page::ALL)?.items {
                let agents = agents::of_gateway(conn, gateway.id)?;
                registered.push((gateway, agents));
            }
            Ok::<_, StoreError>(registered)
        })
        .await?;
    let mut left = Left { gateways: Vec::new(), agents: Vec::new() };
    for (gateway, agents) in registered {
        left.agents.extend(leave(fleet, &gateway, &agents).await);
        left.gateways.push(gateway.id);
    }
    Ok(left)
}
