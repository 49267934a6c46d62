//! Pausing and resuming an agent: while it is paused it is not woken, its heartbeats are off, and what is said to it
//! waits.

use std::collections::BTreeSet;

use mission_control_core::id::{AgentId, BoardId, GatewayId, OrganizationId};
use mission_control_core::models::{Agent, AgentPause, PauseCause};
use mission_control_core::rules::lifecycle;
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_store::{Conn, StoreError, StoreResult, Tx, agents, boards, budgets, jobs};
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
            pause_in(tx, caller.organization, id)
        })
        .await
}

/// The same in a transaction, of an agent of the organization.
pub(crate) fn pause_in(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    id: AgentId,
) -> Result<Agent, FleetError> {
    let agent = agents::lock(tx, id)?.ok_or(FleetError::not_found("Agent"))?;
    if agent.paused_at.is_some() {
        // What a rule paused, a person wants paused now: no rule has it go on.
        budgets::forget_pause(tx, id)?;
        return Ok(agent);
    }
    let agent = agents::update(tx, id, &lifecycle::paused(Some(Timestamp::now())).changes)?;
    record::activity_of(tx, &agent, "agent.paused", format!("{} was paused.", agent.name))?;
    settle(tx, organization, std::slice::from_ref(&agent))?;
    Ok(agent)
}

/// Pauses an agent as a rule has it, and notes why.
pub(crate) fn by_rule(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    pause: &AgentPause,
) -> StoreResult<Agent> {
    let since = lifecycle::paused(Some(pause.paused_at));
    let agent = agents::update(tx, pause.agent_id, &since.changes)?;
    budgets::save_pause(tx, pause)?;
    record::activity_of(tx, &agent, "agent.paused", format!("{} was paused: {}", agent.name, pause.reason))?;
    settle(tx, organization, std::slice::from_ref(&agent))?;
    Ok(agent)
}

/// Lets an agent go on that a rule paused for this cause, and that nobody else has paused since. Where somebody has paused its
/// board meanwhile, it goes on with the board.
pub(crate) fn released(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    id: AgentId,
    cause: PauseCause,
) -> StoreResult<()> {
    let Some(agent) = agents::lock(tx, id)? else { return Ok(()) };
    let pause = budgets::pause_of(tx, id)?;
    if !pause.is_some_and(|pause| pause.cause == cause && agent.paused_at == Some(pause.paused_at)) {
        return Ok(());
    }
    let board = agent.board_id.map(|board| boards::find(tx, board)).transpose()?.flatten();
    let with_board = board.and_then(|board| board.paused_at);
    let agent = agents::update(tx, id, &lifecycle::paused(with_board).changes)?;
    if with_board.is_none() {
        record::activity_of(tx, &agent, "agent.resumed", format!("{} goes on.", agent.name))?;
        settle(tx, organization, std::slice::from_ref(&agent))?;
    }
    Ok(())
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
            if lifecycle::is_under_way(&agent) {
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
