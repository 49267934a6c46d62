//! `agent.wake`: wakes an agent, and has it looked after until it checks in.

use mission_control_core::models::{Agent, AgentChanges, AgentStatus, Gateway};
use mission_control_core::time::Timestamp;
use mission_control_store::agent_counts::{self, Counted};
use mission_control_store::{StoreError, agents, gateways, jobs};
use serde_json::{Value, json};

use crate::error::{FleetError, JobError};
use crate::fleet::Fleet;
use crate::jobs::booking::{self, CHECK_IN_WITHIN};
use crate::jobs::payload::Wake;
use crate::provision::wake::{Occasion, wake};
use crate::reach::Trouble;
use crate::record;
use crate::text::readable;

pub(super) async fn run(fleet: &Fleet, task: Wake) -> Result<Value, JobError> {
    let id = task.agent;
    let found: Result<Option<(Agent, Gateway)>, StoreError> = fleet
        .db()
        .read(move |conn| {
            let Some(agent) = agents::find(conn, id)? else { return Ok(None) };
            let gateway = gateways::find(conn, agent.gateway_id)?;
            Ok(gateway.map(|gateway| (agent, gateway)))
        })
        .await;
    let Some((agent, gateway)) = found? else { return Ok(json!({ "skipped": "the agent is gone" })) };
    if agent.lifecycle_generation != task.generation || agent.status == AgentStatus::Deleting {
        return Ok(json!({ "skipped": "a newer request replaced this one" }));
    }
    if agent.paused_at.is_some() {
        return Ok(json!({ "skipped": "the agent is paused" }));
    }
    match send(fleet, &gateway, &agent).await {
        Ok(woken_at) => {
            conclude(fleet, task, &gateway, woken_at).await?;
            Ok(json!({ "woken": true }))
        }
        Err(trouble) if task.attended => Err(trouble.give_up()),
        Err(trouble) => Err(trouble.retry()),
    }
}

async fn send(fleet: &Fleet, gateway: &Gateway, agent: &Agent) -> Result<Timestamp, Trouble> {
    let remote = fleet.gateways().remote(gateway).await?;
    wake(&remote, agent, &remote.place(agent, gateway).session, Occasion::Silence, false).await
}

async fn conclude(
    fleet: &Fleet,
    task: Wake,
    gateway: &Gateway,
    woken_at: Timestamp,
) -> Result<(), StoreError> {
    let organization = gateway.organization_id;
    fleet
        .db()
        .write(move |tx| {
            let Some(agent) = agents::lock(tx, task.agent)? else { return Ok(()) };
            if agent.lifecycle_generation != task.generation {
                return Ok(());
            }
            agent_counts::count(tx, agent.id, Counted::Wake)?;
            // An agent may be faster than this transaction.
            let waiting = agent.last_seen_at.is_none_or(|seen| seen < woken_at);
            let deadline = waiting.then(|| Timestamp::now().plus(CHECK_IN_WITHIN));
            let changes = AgentChanges {
                // Who was given up on gets another chance.
                status: (agent.status == AgentStatus::Offline).then_some(AgentStatus::Online),
                last_provision_error: Some(None),
                last_wake_sent_at: Some(Some(woken_at)),
                wake_attempts: waiting.then_some(agent.wake_attempts + 1),
                checkin_deadline_at: Some(deadline),
                // Makes void whoever still looks after an earlier wake, and a repetition of this job.
                lifecycle_generation: Some(agent.lifecycle_generation + 1),
                ..AgentChanges::default()
            };
            let agent = agents::update(tx, agent.id, &changes)?;
            let message = format!("Wakeup message sent to {}.", agent.name);
            record::activity_of(tx, &agent, "agent.wakeup.sent", message)?;
            record::agent_changed(tx, organization, "agent.updated", &agent);
            if let Some(deadline) = deadline {
                jobs::enqueue(tx, booking::check_in(&agent, organization, deadline))?;
            }
            Ok(())
        })
        .await
}

/// It cannot be woken: a failure with its cause. Who asked for it was told, and the agent stays as it is.
pub(super) async fn gave_up(fleet: &Fleet, task: Wake, message: &str) -> Result<(), FleetError> {
    if task.attended {
        return Ok(());
    }
    let text = readable(message);
    let written: Result<(), StoreError> = fleet
        .db()
        .write(move |tx| {
            let Some(agent) = agents::lock(tx, task.agent)? else { return Ok(()) };
            if agent.lifecycle_generation != task.generation {
                return Ok(());
            }
            let changes = AgentChanges {
                status: Some(AgentStatus::Offline),
                checkin_deadline_at: Some(None),
                last_provision_error: Some(Some(text)),
                ..AgentChanges::default()
            };
            let agent = agents::update(tx, agent.id, &changes)?;
            if let Some(gateway) = gateways::find(tx, agent.gateway_id)? {
                record::agent_changed(tx, gateway.organization_id, "agent.updated", &agent);
            }
            Ok(())
        })
        .await;
    Ok(written?)
}
