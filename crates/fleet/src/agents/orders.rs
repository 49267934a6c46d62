//! What people set off for an agent by hand: a wake, or provisioning anew.

use mission_control_core::id::{AgentId, JobId, OrganizationId};
use mission_control_core::models::{Agent, AgentStatus, Lane};
use mission_control_core::rules::lifecycle::{self, Occasion};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, Tx, agents, jobs};

use super::check::{agent_in, current};
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::kind::Kind;
use crate::jobs::kinds::{Provision, Wake};
use crate::life;
use crate::wait::Reply;

/// How an agent is provisioned again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reprovision {
    /// Overwrite what the agent changed in its files.
    pub overwrite: bool,
    /// Start its conversation anew.
    pub reset_session: bool,
}

/// Wakes an agent, one that was given up on included.
///
/// # Errors
/// A missing or paused agent; the gateway's refusal.
pub async fn wake(fleet: &Fleet, caller: Caller, id: AgentId) -> Result<Reply<Agent>, FleetError> {
    let (agent, job) = fleet
        .db()
        .write(move |tx| {
            let agent = ready_for_orders(tx, caller, id)?;
            if agent.openclaw_session_id.is_none() || lifecycle::is_under_way(&agent) {
                // Its job wakes it at its end; a wake now would make that job void.
                return Err(FleetError::conflict("The agent is being provisioned and will be woken then."));
            }
            Ok(request_wake(tx, caller.organization, &agent)?)
        })
        .await?;
    settled(fleet, agent, job, "Wake failed").await
}

/// Brings an agent onto its gateway again, whatever is there: its entry, its configuration, its files. It is woken
/// afterwards.
///
/// # Errors
/// A missing agent, or one that is being deleted; the gateway's refusal, after which it is tried again.
pub async fn reprovision(
    fleet: &Fleet,
    caller: Caller,
    id: AgentId,
    how: Reprovision,
) -> Result<Reply<Agent>, FleetError> {
    let (agent, job) = fleet
        .db()
        .write(move |tx| {
            agent_in(tx, caller.organization, id)?;
            let agent = agents::lock(tx, id)?.ok_or(FleetError::not_found("Agent"))?;
            if agent.status == AgentStatus::Deleting {
                return Err(FleetError::conflict("The agent is being deleted."));
            }
            Ok(request(tx, caller, &agent, how)?)
        })
        .await?;
    settled(fleet, agent, job, "Gateway provision failed").await
}

fn request(
    tx: &mut Tx<'_>,
    caller: Caller,
    agent: &Agent,
    how: Reprovision,
) -> Result<(Agent, JobId), StoreError> {
    let fresh = lifecycle::never_lived(agent);
    let step = lifecycle::provisioning(agent, fresh, Occasion::Wanted, Timestamp::now());
    let agent = life::take(tx, caller.organization, agent.id, &step)?;
    let provision = Provision {
        fresh,
        user: caller.user,
        reset_session: how.reset_session,
        keep_edited: !how.overwrite,
        ..Provision::of(&agent)
    };
    let mut job = provision.job(caller.organization)?;
    job.lane = Lane::Interactive;
    let job = jobs::enqueue(tx, job)?;
    Ok((agent, job))
}

/// Enqueues a wake that somebody waits for.
pub(super) fn request_wake(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    agent: &Agent,
) -> Result<(Agent, JobId), StoreError> {
    let agent = agents::update(tx, agent.id, &lifecycle::waking(agent).changes)?;
    let wake = Wake { agent: agent.id, generation: agent.lifecycle_generation, attended: true };
    let job = jobs::enqueue(tx, wake.job(organization)?)?;
    Ok((agent, job))
}

/// Waits for a job about an agent.
pub(super) async fn settled(
    fleet: &Fleet,
    agent: Agent,
    job: JobId,
    what: &str,
) -> Result<Reply<Agent>, FleetError> {
    match fleet.settle(job, what).await? {
        Some(_) => current(fleet, agent.id).await.map(Reply::Done),
        None => Ok(Reply::Accepted { value: agent, job }),
    }
}

fn ready_for_orders(tx: &mut Tx<'_>, caller: Caller, id: AgentId) -> Result<Agent, FleetError> {
    agent_in(tx, caller.organization, id)?;
    let agent = agents::lock(tx, id)?.ok_or(FleetError::not_found("Agent"))?;
    if agent.status == AgentStatus::Deleting {
        return Err(FleetError::conflict("The agent is being deleted."));
    }
    if agent.paused_at.is_some() {
        return Err(FleetError::conflict("The agent is paused; resume it first."));
    }
    Ok(agent)
}
