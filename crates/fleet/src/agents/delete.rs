//! Deleting an agent: first from its gateway, then here.

use mission_control_core::id::{AgentId, JobId};
use mission_control_core::models::AgentStatus;
use mission_control_core::rules::lifecycle;
use mission_control_core::time::Timestamp;
use mission_control_store::{Tx, agents, gateways, jobs};

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::booking;
use crate::life;
use crate::wait::Reply;

/// Deletes an agent; one that is gone is fine.
///
/// # Errors
/// The gateway's refusal, and then the agent stays.
pub async fn delete(fleet: &Fleet, caller: Caller, id: AgentId) -> Result<Reply<()>, FleetError> {
    let Some(job) = fleet.db().write(move |tx| request(tx, caller, id)).await? else {
        return Ok(Reply::Done(()));
    };
    fleet.reply(job, "Gateway cleanup failed").await
}

fn request(tx: &mut Tx<'_>, caller: Caller, id: AgentId) -> Result<Option<JobId>, FleetError> {
    let Some(agent) = agents::lock(tx, id)? else { return Ok(None) };
    if gateways::find_in(tx, caller.organization, agent.gateway_id)?.is_none() {
        return Err(FleetError::not_found("Agent"));
    }
    let job = booking::delete_agent(&agent, caller.organization)?;
    if agent.status != AgentStatus::Deleting {
        life::take(tx, caller.organization, id, &lifecycle::deleting(Timestamp::now()))?;
    }
    Ok(Some(jobs::enqueue(tx, job)?))
}
