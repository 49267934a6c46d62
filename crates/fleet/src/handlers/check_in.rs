//! `agent.check_in`: looks, at the deadline, whether a woken agent checked in; wakes it again, or gives up on it.

use mission_control_core::models::{Agent, AgentChanges, AgentStatus};
use mission_control_core::rules::reconcile::WAKE_ATTEMPTS;
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, agents, gateways, jobs};
use serde_json::{Value, json};

use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::edit::Edit;
use crate::jobs::payload::{CheckIn, Provision};
use crate::jobs::task::Task;
use crate::record;

/// What an agent that was given up on says about itself.
const SILENT: &str = "The agent did not check in after it was woken three times — look at its session on the gateway \
     for the reason (model, credentials, refused commands), then update the agent to try again.";

pub(super) async fn run(fleet: &Fleet, task: CheckIn) -> Result<Value, JobError> {
    let said: Result<&'static str, StoreError> = fleet
        .db()
        .write(move |tx| {
            let Some(agent) = agents::lock(tx, task.agent)? else { return Ok("the agent is gone") };
            if agent.lifecycle_generation != task.generation || agent.status == AgentStatus::Deleting {
                return Ok("a newer request replaced this one");
            }
            let Some(gateway) = gateways::find(tx, agent.gateway_id)? else {
                return Ok("the gateway is gone");
            };
            if agent.paused_at.is_some() {
                return Ok("it is paused");
            }
            if checked_in(&agent) {
                return Ok("it checked in");
            }
            if agent.wake_attempts >= WAKE_ATTEMPTS {
                let changes = AgentChanges {
                    status: Some(AgentStatus::Offline),
                    checkin_deadline_at: Some(None),
                    last_provision_error: Some(Some(SILENT.to_owned())),
                    ..AgentChanges::default()
                };
                let agent = agents::update(tx, agent.id, &changes)?;
                record::failure_of(
                    tx,
                    &agent,
                    "agent.wakeup.failed",
                    format!("{} did not check in.", agent.name),
                )?;
                record::agent_changed(tx, gateway.organization_id, "agent.updated", &agent);
                return Ok("given up");
            }
            let generation = agent.lifecycle_generation + 1;
            let changes = AgentChanges {
                lifecycle_generation: Some(generation),
                status: Some(AgentStatus::Updating),
                provision_requested_at: Some(Some(Timestamp::now())),
                provision_action: Some(Some("update".to_owned())),
                ..AgentChanges::default()
            };
            let agent = agents::update(tx, agent.id, &changes)?;
            let again = Provision {
                agent: agent.id,
                generation,
                fresh: false,
                user: None,
                edit: Edit::default(),
                force_bootstrap: false,
                reset_session: true,
                wake: true,
                keep_edited: true,
                attended: None,
            };
            jobs::enqueue(tx, Task::Provision(again).job(gateway.organization_id))?;
            record::agent_changed(tx, gateway.organization_id, "agent.updated", &agent);
            Ok("woken again")
        })
        .await;
    Ok(json!({ "outcome": said? }))
}

/// Whether `agent` was heard of since it was woken.
fn checked_in(agent: &Agent) -> bool {
    match (agent.last_seen_at, agent.last_wake_sent_at) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(seen), Some(woken)) => seen >= woken,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use mission_control_core::id::GatewayId;

    use super::*;

    #[test]
    fn only_a_sign_of_life_after_the_wake_counts() {
        let now = Timestamp::now();
        let mut agent = Agent::new(GatewayId::random(), "Ada");
        assert!(!checked_in(&agent));
        agent.last_seen_at = Some(now);
        assert!(checked_in(&agent));
        agent.last_wake_sent_at = Some(now.plus(Duration::from_secs(1)));
        assert!(!checked_in(&agent));
        agent.last_wake_sent_at = Some(now);
        assert!(checked_in(&agent));
    }
}
