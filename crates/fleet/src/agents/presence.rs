//! Signs of life: an agent calls the API, or its gateway reports that it does something. Neither needs the model to obey.

use mission_control_core::id::{AgentId, GatewayId};
use mission_control_core::models::Agent;
use mission_control_core::rules::lifecycle;
use mission_control_core::rules::presence::{computed_status, is_news};
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::Event;
use mission_control_store::{Conn, StoreError, Tx, agents, gateways};

use crate::fleet::Fleet;
use crate::naming::Named;
use crate::{receipts, record};

/// Notes that `agent` is alive, unless that is no news; returns it as it is now.
///
/// # Errors
/// The database's.
pub async fn alive(fleet: &Fleet, agent: Agent) -> Result<Agent, StoreError> {
    let now = Timestamp::now();
    if !is_news(&agent, now) {
        return Ok(agent);
    }
    fleet.db().write(move |tx| Ok(write(tx, &agent, now)?.unwrap_or(agent))).await
}

/// Notes the digest of the token that an agent showed, which fits its slow hash.
///
/// # Errors
/// The database's.
pub async fn recognized(fleet: &Fleet, agent: AgentId, digest: String) -> Result<Agent, StoreError> {
    let step = lifecycle::token_recognized(digest);
    fleet.db().write(move |tx| agents::update(tx, agent, &step.changes)).await
}

/// Notes that the agent behind a session of a gateway is alive: the gateway says that it does something there.
///
/// # Errors
/// The database's.
pub async fn alive_in(fleet: &Fleet, gateway: GatewayId, session: &str) -> Result<(), StoreError> {
    let Some(named) = Named::of_session(session) else { return Ok(()) };
    let found = fleet.db().read(move |conn| self::named(conn, gateway, named)).await?;
    match found {
        Some(agent) => alive(fleet, agent).await.map(drop),
        None => Ok(()),
    }
}

/// The agent of a gateway that is named so there.
pub(crate) fn named(conn: &mut Conn, gateway: GatewayId, named: Named) -> Result<Option<Agent>, StoreError> {
    let agent = match named {
        Named::Main(id) => agents::main_of(conn, id)?,
        Named::Lead(board) => agents::lead_of(conn, board)?,
        Named::Worker(id) => agents::find(conn, id)?,
    };
    Ok(agent.filter(|agent| agent.gateway_id == gateway))
}

fn write(tx: &mut Tx<'_>, agent: &Agent, now: Timestamp) -> Result<Option<Agent>, StoreError> {
    let Some(before) = agents::lock(tx, agent.id)? else { return Ok(None) };
    let after = agents::update(tx, before.id, &lifecycle::heard_of(&before, now).changes)?;
    receipts::alive(tx, &before, now)?;
    if computed_status(&before, now) != computed_status(&after, now)
        && let Some(gateway) = gateways::find(tx, after.gateway_id)?
    {
        record::agent_changed(tx, gateway.organization_id, Event::AgentUpdated, &after);
    }
    Ok(Some(after))
}
