//! `agent.delete`: removes an agent from its gateway, then its row. When the gateway refuses, the agent stays.

use mission_control_core::models::{ActivityEvent, Agent, AgentStatus, Gateway, Job, MessageKind};
use mission_control_core::reason::Reason;
use mission_control_core::rules::lifecycle;
use mission_control_shapes::events::Event;
use mission_control_store::{StoreError, Tx, activity, agents, erase, gateways};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::{FleetError, JobError};
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::DeleteAgent;
use crate::naming::OnGateway;
use crate::provision::remove::{self, Removal};
use crate::reach::Trouble;
use crate::record;
use crate::say::{Words, say};

impl Handler for DeleteAgent {
    async fn run(self, fleet: &Fleet, _: &Attempt) -> Result<Value, JobError> {
        let id = self.agent;
        let found: Result<Option<(Agent, Option<Gateway>)>, StoreError> = fleet
            .db()
            .read(move |conn| {
                let Some(agent) = agents::find(conn, id)? else { return Ok(None) };
                let gateway = gateways::find(conn, agent.gateway_id)?;
                Ok(Some((agent, gateway)))
            })
            .await;
        let Some((agent, gateway)) = found? else { return Ok(json!({ "ok": true })) };
        let Some(gateway) = gateway else {
            return Err(Trouble::Gone("the agent's gateway does not exist").give_up());
        };
        let removed = match remove::remove(fleet, &gateway, &agent).await {
            Ok(removed) => removed,
            Err(trouble) => {
                if !trouble.may_pass() {
                    refused(fleet, self, trouble.reason()).await?;
                }
                return Err(trouble.retry_unless_refused());
            }
        };
        let result = removed.result();
        delete_row(fleet, gateway, agent, removed).await?;
        Ok(result)
    }

    /// The worker died over it too often: the agent is as it was.
    async fn gave_up(self, fleet: &Fleet, _: &Job, _: &Reason) -> Result<(), FleetError> {
        fleet
            .db()
            .write(move |tx| match agents::lock(tx, self.agent)? {
                Some(agent) => restore(tx, &agent, &self.status).map(drop),
                None => Ok(()),
            })
            .await
            .map_err(|error: StoreError| error.into())
    }
}

async fn delete_row(
    fleet: &Fleet,
    gateway: Gateway,
    agent: Agent,
    removed: Removal,
) -> Result<(), StoreError> {
    fleet
        .db()
        .write(move |tx| {
            if agents::lock(tx, agent.id)?.is_none() {
                return Ok(());
            }
            erase::agent(tx, agent.id)?;
            let message = format!("Deleted agent {}.", agent.name);
            activity::record(tx, &ActivityEvent::new("agent.delete.direct", message).board(agent.board_id))?;
            if let Some(left) = removed.sentence() {
                let message = format!("{}: {left}", agent.name);
                let event = ActivityEvent::new("agent.delete.left_behind", message).board(agent.board_id);
                activity::record(tx, &event)?;
            }
            record::agent_changed(tx, gateway.organization_id, Event::AgentDeleted, &agent);
            let main = agents::main_of(tx, gateway.id)?.filter(|_| agent.board_id.is_some());
            if let Some(main) = main {
                let text = cleanup_notice(&agent, &OnGateway::of(&agent, &gateway, None));
                say(tx, gateway.organization_id, &main, Words::new(MessageKind::Notice, text))?;
            }
            Ok(())
        })
        .await
}

/// Gateways delete the folder with the agent; some leave it when it was not empty.
fn cleanup_notice(agent: &Agent, place: &OnGateway) -> String {
    format!(
        "An agent of this gateway was deleted: {} ({}).\n\nIf its folder {} still exists, remove it. \
         Then answer NO_REPLY.",
        crate::text::one_line(&agent.name),
        agent.id,
        place.workspace
    )
}

async fn refused(fleet: &Fleet, task: DeleteAgent, why: Reason) -> Result<(), StoreError> {
    fleet
        .db()
        .write(move |tx| {
            let Some(agent) = agents::lock(tx, task.agent)? else { return Ok(()) };
            let agent = restore(tx, &agent, &task.status)?;
            record::failure_of(tx, &agent, "agent.delete.failed", format!("Delete message failed: {why}"))
        })
        .await
}

fn restore(tx: &mut Tx<'_>, agent: &Agent, status: &str) -> Result<Agent, StoreError> {
    if agent.status != AgentStatus::Deleting {
        return Ok(agent.clone());
    }
    agents::update(tx, agent.id, &lifecycle::kept(AgentStatus::from(status)).changes)
}
