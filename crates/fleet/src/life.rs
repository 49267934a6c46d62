//! Writing down a step in the life of an agent, with what follows from it.

use mission_control_core::id::{AgentId, OrganizationId};
use mission_control_core::models::Agent;
use mission_control_core::rules::lifecycle::Step;
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_store::agent_counts::{self, Counted};
use mission_control_store::{StoreResult, Tx, agents, jobs};

use crate::jobs::booking;
use crate::record;

/// Stores `step`, has somebody look whether the agent checks in where it says so, and tells streams.
pub(crate) fn take(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    agent: AgentId,
    step: &Step,
) -> StoreResult<Agent> {
    let before = agents::find(tx, agent)?;
    let agent = agents::update(tx, agent, &step.changes)?;
    if let Some(before) = before {
        let (was, is) = (record::governed_agent(&before), record::governed_agent(&agent));
        tx.changed(EventSubject::Agent, agent.id, was, is);
    }
    if let Some(deadline) = step.check_in {
        jobs::enqueue(tx, booking::check_in(&agent, organization, deadline)?)?;
    }
    record::agent_changed(tx, organization, Event::AgentUpdated, &agent);
    Ok(agent)
}

/// Counts a wake of `agent`, and tells people of it.
pub(crate) fn woken(tx: &mut Tx<'_>, agent: &Agent) -> StoreResult<()> {
    agent_counts::count(tx, agent.id, Counted::Wake)?;
    record::activity_of(tx, agent, "agent.wakeup.sent", format!("Wakeup message sent to {}.", agent.name))
}
