//! `agent.wake`: wakes an agent, and has it looked after until it checks in.

use mission_control_core::models::{Agent, Gateway, Job};
use mission_control_core::reason::Reason;
use mission_control_core::rules::lifecycle;
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, agents, gateways};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::{FleetError, JobError};
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::Wake;
use crate::life;
use crate::provision::wake::{Occasion, wake};
use crate::reach::Trouble;

impl Handler for Wake {
    async fn run(self, fleet: &Fleet, _: &Attempt) -> Result<Value, JobError> {
        let id = self.agent;
        let found: Result<Option<(Agent, Gateway)>, StoreError> = fleet
            .db()
            .read(move |conn| {
                let Some(agent) = agents::find(conn, id)? else { return Ok(None) };
                let gateway = gateways::find(conn, agent.gateway_id)?;
                Ok(gateway.map(|gateway| (agent, gateway)))
            })
            .await;
        let Some((agent, gateway)) = found? else { return Ok(json!({ "skipped": "the agent is gone" })) };
        if !lifecycle::is_current(&agent, self.generation) {
            return Ok(json!({ "skipped": "a newer request replaced this one" }));
        }
        if agent.paused_at.is_some() {
            return Ok(json!({ "skipped": "the agent is paused" }));
        }
        match send(fleet, &gateway, &agent).await {
            Ok(woken_at) => {
                conclude(fleet, self, &gateway, woken_at).await?;
                Ok(json!({ "woken": true }))
            }
            Err(trouble) if self.attended => Err(trouble.give_up()),
            Err(trouble) => Err(trouble.retry()),
        }
    }

    /// It cannot be woken: a failure with its cause. Who asked for it was told, and the agent stays as it is.
    async fn gave_up(self, fleet: &Fleet, _: &Job, why: &Reason) -> Result<(), FleetError> {
        if self.attended {
            return Ok(());
        }
        let failed = lifecycle::failed(why.clone());
        let written: Result<(), StoreError> = fleet
            .db()
            .write(move |tx| {
                let agent = agents::lock_current(tx, self.agent, self.generation)?;
                let gateway = agent.map(|agent| gateways::find(tx, agent.gateway_id)).transpose()?.flatten();
                match gateway {
                    Some(gateway) => life::take(tx, gateway.organization_id, self.agent, &failed).map(drop),
                    None => Ok(()),
                }
            })
            .await;
        Ok(written?)
    }
}

async fn send(fleet: &Fleet, gateway: &Gateway, agent: &Agent) -> Result<Timestamp, Trouble> {
    let remote = fleet.gateways().remote(gateway).await?;
    wake(&remote, agent, &remote.place(agent, gateway).session, Occasion::Silence, false).await
}

async fn conclude(
    fleet: &Fleet,
    wake: Wake,
    gateway: &Gateway,
    woken_at: Timestamp,
) -> Result<(), StoreError> {
    let organization = gateway.organization_id;
    fleet
        .db()
        .write(move |tx| {
            let Some(agent) = agents::lock_current(tx, wake.agent, wake.generation)? else { return Ok(()) };
            let step = lifecycle::woken(&agent, woken_at, Timestamp::now());
            let agent = life::take(tx, organization, agent.id, &step)?;
            life::woken(tx, &agent)
        })
        .await
}
