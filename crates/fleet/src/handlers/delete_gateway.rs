//! `gateway.delete`: removes the main agent and what was written for its sake from its gateway, then the gateway. A gateway that is gone or refuses does
//! not keep its registration alive; what stays behind there is named in the result and in the organization's feed.

use mission_control_core::models::{ActivityEvent, Agent, Gateway};
use mission_control_shapes::events::Event;
use mission_control_store::{StoreError, activity, agents, boards, erase, gateways};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::DeleteGateway;
use crate::provision::remove::{self, Removal};
use crate::record;
use crate::text::one_line;

impl Handler for DeleteGateway {
    async fn run(self, fleet: &Fleet, job: &Attempt) -> Result<Value, JobError> {
        let id = self.gateway;
        let found: Result<Option<(Gateway, Vec<Agent>)>, StoreError> = fleet
            .db()
            .read(move |conn| {
                let Some(gateway) = gateways::find(conn, id)? else { return Ok(None) };
                Ok(Some((gateway, agents::of_gateway(conn, id)?)))
            })
            .await;
        let Some((gateway, agents)) = found? else { return Ok(json!({ "ok": true })) };
        let mut removed = Removal::so_far(job);
        remove::leave(fleet, job, &gateway, &agents, &mut removed).await?;
        let left = removed.sentence();
        let deleted: Result<bool, StoreError> = fleet
            .db()
            .write(move |tx| {
                if gateways::lock(tx, id)?.is_none() {
                    return Ok(true);
                }
                if !boards::of_gateway(tx, id)?.is_empty() {
                    return Ok(false);
                }
                erase::gateway(tx, id)?;
                if let Some(left) = left {
                    let message = format!("Gateway {} is deleted. {left}", one_line(&gateway.name));
                    let event = ActivityEvent::new("gateway.delete.left_behind", message);
                    activity::record(tx, &event.organization(gateway.organization_id))?;
                }
                record::gateway_changed(tx, Event::GatewayDeleted, &gateway);
                Ok(true)
            })
            .await;
        if !deleted? {
            return Err(JobError::Fatal("a board was put on this gateway meanwhile".into()));
        }
        fleet.gateways().remove(id);
        Ok(removed.result())
    }
}
