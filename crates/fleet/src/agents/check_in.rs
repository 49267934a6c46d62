//! Heartbeats: an agent says that it is there.

use mission_control_core::id::{AgentId, BoardId};
use mission_control_core::models::{Agent, AgentChanges, AgentStatus};
use mission_control_core::rules::lifecycle;
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::Event;
use mission_control_store::agent_counts::{self, Counted};
use mission_control_store::agents::AgentFilter;
use mission_control_store::{Conn, Page, Tx, agents, gateways};

use super::check::current;
use super::create::{create, store_and_provision};
use super::input::{CreatedBy, NewAgent};
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::wait::Reply;
use crate::{naming, receipts, record};

/// Records a heartbeat; `status` is a word of the agent's own. It ends the waiting for a check-in, and a failure that
/// was noted before: who speaks, lives.
///
/// # Errors
/// A missing agent; the database's.
pub async fn heartbeat(fleet: &Fleet, id: AgentId, status: Option<&str>) -> Result<Agent, FleetError> {
    let status = status.map(str::trim).filter(|status| !status.is_empty()).map(AgentStatus::from);
    fleet.db().write(move |tx| locked(tx, id, status)).await
}

/// The same of an agent that was read just now, as it is when it checks in itself.
///
/// # Errors
/// As [`heartbeat`].
pub async fn heartbeat_of(fleet: &Fleet, agent: Agent, status: Option<&str>) -> Result<Agent, FleetError> {
    let status = status.map(str::trim).filter(|status| !status.is_empty()).map(AgentStatus::from);
    let heartbeat = move |tx: &mut Tx<'_>| match write(tx, &agent, status.clone())? {
        Some(after) => Ok(after),
        // Somebody changed it meanwhile.
        None => locked(tx, agent.id, status),
    };
    fleet.db().write(heartbeat).await
}

fn locked(tx: &mut Tx<'_>, id: AgentId, status: Option<AgentStatus>) -> Result<Agent, FleetError> {
    let agent = agents::lock(tx, id)?.ok_or(FleetError::not_found("Agent"))?;
    write(tx, &agent, status)?.ok_or(FleetError::not_found("Agent"))
}

/// Writes the heartbeat of an agent that is still as it was seen.
fn write(tx: &mut Tx<'_>, seen: &Agent, status: Option<AgentStatus>) -> Result<Option<Agent>, FleetError> {
    let now = Timestamp::now();
    let session = seen.board_id.is_some().then(|| naming::session_key(seen));
    let step = lifecycle::checked_in(seen, status, now);
    let changes = AgentChanges { openclaw_session_id: session.map(Some), ..step.changes };
    let Some(agent) = agents::update_as_seen(tx, seen, changes)? else { return Ok(None) };
    receipts::alive(tx, seen, now)?;
    agent_counts::count(tx, agent.id, Counted::Heartbeat)?;
    record::activity_of(tx, &agent, "agent.heartbeat", format!("Heartbeat received from {}.", agent.name))?;
    if let Some(gateway) = gateways::find(tx, agent.gateway_id)? {
        record::agent_changed(tx, gateway.organization_id, Event::AgentUpdated, &agent);
    }
    Ok(Some(agent))
}

/// A person's heartbeat for the agent of this name: creates and provisions it when there is none.
///
/// # Errors
/// As [`create`]; a missing board.
pub async fn heartbeat_by_name(
    fleet: &Fleet,
    caller: Caller,
    name: &str,
    board: Option<BoardId>,
    status: Option<&str>,
) -> Result<Reply<Agent>, FleetError> {
    let wanted = name.trim().to_owned();
    let found = fleet.db().read(move |conn| by_name(conn, caller, &wanted, board)).await?;
    let reply = match found {
        None => {
            let new = NewAgent { board_id: board, name: name.to_owned(), ..NewAgent::default() };
            create(fleet, caller, new, CreatedBy::User).await?
        }
        Some(agent) if lifecycle::never_lived(&agent) => provision_again(fleet, caller, agent).await?,
        Some(agent) => Reply::Done(agent),
    };
    match reply {
        Reply::Done(agent) => heartbeat(fleet, agent.id, status).await.map(Reply::Done),
        accepted @ Reply::Accepted { .. } => Ok(accepted),
    }
}

fn by_name(
    conn: &mut Conn,
    caller: Caller,
    name: &str,
    board: Option<BoardId>,
) -> Result<Option<Agent>, FleetError> {
    let filter = AgentFilter { board_id: board, ..AgentFilter::of(caller.organization) };
    let agents = agents::list(conn, &filter, Page::ALL)?;
    Ok(agents.items.into_iter().rev().find(|agent| agent.name == name))
}

async fn provision_again(fleet: &Fleet, caller: Caller, agent: Agent) -> Result<Reply<Agent>, FleetError> {
    let id = agent.id;
    let (agent, job) = fleet
        .db()
        .write(move |tx| {
            let agent = agents::lock(tx, id)?.ok_or(FleetError::not_found("Agent"))?;
            let gateway = gateways::find_in(tx, caller.organization, agent.gateway_id)?;
            let gateway = gateway.ok_or(FleetError::not_found("Gateway"))?;
            store_and_provision(tx, agent, false, &gateway, caller)
        })
        .await?;
    match fleet.settle(job, "Gateway provision failed").await? {
        Some(_) => current(fleet, id).await.map(Reply::Done),
        None => Ok(Reply::Accepted { value: agent, job }),
    }
}
