//! The heartbeat interval of all agents of a group of boards.

use std::collections::BTreeSet;

use futures_util::future::try_join_all;
use mission_control_core::id::{AgentId, BoardGroupId, GatewayId, JobId};
use mission_control_core::limits::NAMED;
use mission_control_core::models::{Agent, AgentChanges, BoardGroup};
use mission_control_core::rules::durations;
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_store::{Tx, agents, board_groups, jobs};
use serde_json::{Value, json};

use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::jobs::kind::Kind;
use crate::jobs::kinds::WriteConfig;
use crate::wait::{JobOutcome, Reply};
use crate::{heartbeat, record};

/// What a new interval shall apply to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// The interval, e.g. `10m`.
    pub every: String,
    /// Not only the workers but also the leads.
    pub include_board_leads: bool,
}

/// Which agents have it now, a thousand of each sort at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaceSet {
    /// Agents whose settings changed.
    pub updated: Vec<AgentId>,
    /// Those of them whose gateway could not be told.
    pub failed: Vec<AgentId>,
}

/// Sets the interval of the agents of a group and tells their gateways.
///
/// # Errors
/// An interval that is none; the database's. A gateway that cannot be told is no error: its agents are named.
pub async fn set(fleet: &Fleet, group: BoardGroup, pace: Pace) -> Result<Reply<PaceSet>, FleetError> {
    durations::parse_every(&pace.every)
        .map_err(|error| FleetError::invalid_field("every", error.to_string()))?;
    let (agents, jobs) = fleet.db().write(move |tx| write(tx, &group, &pace)).await?;
    let patience = fleet.settings().gateway.provision_wait;
    let waits = jobs.iter().map(|(_, job)| fleet.wait_job(*job, patience));
    let outcomes = try_join_all(waits).await?;
    let mut failing: BTreeSet<GatewayId> = BTreeSet::new();
    let mut running: Option<JobId> = None;
    for ((gateway, job), outcome) in jobs.into_iter().zip(outcomes) {
        match outcome {
            JobOutcome::Done(_) => {}
            JobOutcome::Failed(_) => drop(failing.insert(gateway)),
            JobOutcome::StillRunning => running = Some(job),
        }
    }
    let failed = agents.iter().filter(|agent| failing.contains(&agent.gateway_id));
    let value = PaceSet {
        updated: agents.iter().map(|agent| agent.id).take(NAMED).collect(),
        failed: failed.map(|agent| agent.id).take(NAMED).collect(),
    };
    Ok(match running {
        Some(job) => Reply::Accepted { value, job },
        None => Reply::Done(value),
    })
}

type Written = (Vec<Agent>, Vec<(GatewayId, JobId)>);

fn write(tx: &mut Tx<'_>, group: &BoardGroup, pace: &Pace) -> Result<Written, FleetError> {
    let members: Vec<AgentId> = of_group(tx, group.id, pace.include_board_leads)?;
    let mut changed = Vec::new();
    for id in members {
        let Some(agent) = agents::lock(tx, id)? else { continue };
        let was = record::governed_agent(&agent);
        let changes = AgentChanges {
            heartbeat_config: Some(Some(paced(agent.heartbeat_config, &pace.every))),
            // In effect at once, also on a board that is idle.
            paced_every: Some(None),
            ..AgentChanges::default()
        };
        let agent = agents::update(tx, id, &changes)?;
        tx.changed(EventSubject::Agent, agent.id, was, record::governed_agent(&agent));
        record::agent_changed(tx, group.organization_id, Event::AgentUpdated, &agent);
        changed.push(agent);
    }
    let gateways: BTreeSet<GatewayId> = changed.iter().map(|agent| agent.gateway_id).collect();
    let mut queued = Vec::new();
    for gateway in gateways {
        let job = WriteConfig { gateway }.job(group.organization_id)?;
        queued.push((gateway, jobs::enqueue(tx, job)?));
    }
    Ok((changed, queued))
}

/// Ids in one order everywhere, so that two who lock them do not wait for each other.
fn of_group(tx: &mut Tx<'_>, group: BoardGroupId, leads: bool) -> Result<Vec<AgentId>, FleetError> {
    let agents = board_groups::agents(tx, group)?;
    let mut ids: Vec<AgentId> =
        agents.into_iter().filter(|agent| leads || !agent.is_board_lead).map(|agent| agent.id).collect();
    ids.sort();
    Ok(ids)
}

/// Heartbeat settings with another interval, complete.
fn paced(config: Option<Value>, every: &str) -> Value {
    let mut paced = heartbeat::default_config();
    if let Some(fields) = paced.as_object_mut() {
        if let Some(Value::Object(own)) = config {
            fields.extend(own);
        }
        fields.insert("every".to_owned(), json!(every.trim()));
        fields.insert("target".to_owned(), json!("last"));
    }
    paced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_interval_leaves_an_agents_other_settings() {
        let own = json!({"every": "5m", "target": "slack", "extra": true});
        let expected = json!({"every": "15m", "target": "last", "includeReasoning": false, "extra": true});
        assert_eq!(paced(Some(own), " 15m "), expected);
        assert_eq!(paced(None, "15m")["includeReasoning"], json!(false));
    }
}
