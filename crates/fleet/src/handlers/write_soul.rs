//! `agent.write_soul`: writes an agent's SOUL.md as its template says now.

use mission_control_core::models::{ActivityEvent, Agent, Gateway};
use mission_control_store::{StoreError, activity, agents, gateways};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::{Sender, WriteSoul};
use crate::provision::file_write;
use crate::reach::Trouble;
use crate::templates::File;

impl Handler for WriteSoul {
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
        let Some(soul) = agent.soul_template.as_deref() else {
            return Ok(json!({ "skipped": "the agent has no template of its own any more" }));
        };
        write(fleet, &gateway, &agent, soul).await.map_err(Trouble::give_up)?;
        let Sender { agent: lead, board } = self.from;
        let written: Result<(), StoreError> = fleet
            .db()
            .write(move |tx| {
                let mut event = ActivityEvent::new("agent.soul.updated", self.note).board(board);
                if agents::find(tx, lead)?.is_some() {
                    event = event.agent(lead);
                }
                activity::record(tx, &event)
            })
            .await;
        written?;
        Ok(json!({ "written": true }))
    }
}

async fn write(fleet: &Fleet, gateway: &Gateway, agent: &Agent, soul: &str) -> Result<(), Trouble> {
    let remote = fleet.gateways().remote(gateway).await?;
    file_write::put(fleet, &remote, agent.id, &remote.place(agent, gateway).key, File::Soul, soul).await
}
