//! Pausing and resuming an agent: while it is paused it is not woken, its heartbeats are off, and what is said to it
//! waits.

use std::collections::BTreeSet;

use mission_control_core::id::{AgentId, BoardId, GatewayId, OrganizationId};
use mission_control_core::models::Agent;
use mission_control_core::rules::lifecycle;
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_store::{Conn, StoreError, Tx, agents, boards, jobs};
use serde_json::json;

use super::check::agent_in;
use super::orders;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::booking;
use crate::jobs::kind::{About, Kind};
use crate::jobs::kinds::Message;
use crate::record;
use crate::wait::Reply;

/// Pauses an agent; one that is paused stays so.
///
/// # Errors
/// A missing agent; the database's.
pub async fn pause(fleet: &Fleet, caller: Caller, id: AgentId) -> Result<Agent, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            agent_in(tx, caller.organization, id)?;
            let agent = agents::lock(tx, id)?.ok_or(FleetError::not_found("Agent"))?;
            if agent.paused_at.is_some() {
                return Ok(agent);
            }
            let agent = agents::update(tx, id, &lifecycle::paused(Some(Timestamp::now())).changes)?;
            record::activity_of(tx, &agent, "agent.paused", format!("{} was paused.", agent.name))?;
            settle(tx, caller.organization, std::slice::from_ref(&agent))?;
            Ok(agent)
        })
        .await
}

/// Resumes an agent and wakes it; one that is not paused stays as it is.
///
/// # Errors
/// A missing agent; a wake that the gateway refuses, after which the agent is resumed all the same.
pub async fn resume(fleet: &Fleet, caller: Caller, id: AgentId) -> Result<Reply<Agent>, FleetError> {
    let resumed = fleet
        .db()
        .write(move |tx| {
            agent_in(tx, caller.organization, id)?;
            let agent = agents::lock(tx, id)?.ok_or(FleetError::not_found("Agent"))?;
            if agent.paused_at.is_none() {
                return Ok(Err(agent));
            }
            let agent = agents::update(tx, id, &lifecycle::paused(None).changes)?;
            record::activity_of(tx, &agent, "agent.resumed", format!("{} was resumed.", agent.name))?;
            settle(tx, caller.organization, std::slice::from_ref(&agent))?;
            if orders::is_on_its_way(&agent) {
                return Ok(Err(agent));
            }
            orders::request_wake(tx, caller.organization, &agent)
                .map(Ok::<_, Agent>)
                .map_err(FleetError::from)
        })
        .await?;
    match resumed {
        Ok((agent, job)) => orders::settled(fleet, agent, job, "Wake failed").await,
        Err(agent) => Ok(Reply::Done(agent)),
    }
}

/// Since when an agent is paused after it moved to another board: by itself as before, else with its new board.
pub(crate) fn after_move(
    conn: &mut Conn,
    agent: &Agent,
    to: Option<BoardId>,
) -> Result<Option<Timestamp>, StoreError> {
    if agent.board_id == to {
        return Ok(agent.paused_at);
    }
    let mut pause_of = |board: Option<BoardId>| -> Result<Option<Timestamp>, StoreError> {
        let board = board.map(|id| boards::find(conn, id)).transpose()?.flatten();
        Ok(board.and_then(|board| board.paused_at))
    };
    let (left, joined) = (pause_of(agent.board_id)?, pause_of(to)?);
    Ok(agent.paused_at.filter(|at| Some(*at) != left).or(joined))
}

/// What follows for agents that were paused or resumed: streams hear of it, their gateways' heartbeats change, and what
/// was said to resumed ones in the meantime reaches them now.
pub(crate) fn settle(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    changed: &[Agent],
) -> Result<(), StoreError> {
    for agent in changed {
        let is_paused = agent.paused_at.is_some();
        let (was, is) = (json!({ "paused": !is_paused }), json!({ "paused": is_paused }));
        tx.changed(EventSubject::Agent, agent.id, was, is);
        record::agent_changed(tx, organization, Event::AgentUpdated, agent);
        if agent.paused_at.is_none() {
            jobs::release(tx, Message::NAME, &About::Agent(agent.id).group())?;
        }
    }
    let gateways: BTreeSet<GatewayId> = changed.iter().map(|agent| agent.gateway_id).collect();
    gateways.into_iter().try_for_each(|gateway| booking::ask_to_reconcile(tx, gateway))
}
