//! Which models agents think with: chosen for an agent, or for all agents of a board, and written into the configuration of their
//! gateways.

use std::collections::BTreeSet;

use mission_control_core::id::{AgentId, BoardId, GatewayId, OrganizationId};
use mission_control_core::limits::{MODEL_FALLBACKS, SHOWN_MODELS};
use mission_control_core::models::{Agent, Board, ModelChoice};
use mission_control_core::rules::model_choice::{self as rules, ModelChanges, Unusable};
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::{GetConfig, ListModels};
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_shapes::{
    AgentModelsRead, GatewayModelRead, GatewayModelsRead, ModelChoiceRead, ObservedModels,
};
use mission_control_store::{
    Conn, StoreError, StoreResult, Tx, agents, gateways, jobs, model_choices, tasks,
};
use serde_json::{Value, json};

use crate::agents::check::agent_in;
use crate::agents::inspect::within;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::kind::Kind;
use crate::jobs::kinds::WriteConfig;
use crate::record;

/// What was chosen for an agent and for its board, and what of it holds.
///
/// # Errors
/// An agent that is not the organization's; the database's.
pub async fn of_agent(fleet: &Fleet, caller: Caller, id: AgentId) -> Result<AgentModelsRead, FleetError> {
    fleet
        .db()
        .read(move |conn| {
            let (agent, _) = agent_in(conn, caller.organization, id)?;
            Ok(shown(conn, &agent)?)
        })
        .await
}

/// Chooses models for an agent. Its gateway is told by a job.
///
/// # Errors
/// An agent that is not the organization's; what cannot be chosen; the database's.
pub async fn change_of_agent(
    fleet: &Fleet,
    caller: Caller,
    id: AgentId,
    changes: ModelChanges,
) -> Result<AgentModelsRead, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            let (_, gateway) = agent_in(tx, caller.organization, id)?;
            // Of two changes at once, the second one goes on from what the first one left.
            let agent = agents::lock(tx, id)?.ok_or(FleetError::not_found("Agent"))?;
            let known = model_choices::of_agent(tx, id)?.unwrap_or_else(|| ModelChoice::of_agent(id));
            let next = save(tx, &known, changes)?;
            tx.changed(EventSubject::Agent, id, governed(&known), governed(&next));
            record::agent_changed(tx, gateway.organization_id, Event::AgentUpdated, &agent);
            tell(tx, gateway.organization_id, [gateway.id])?;
            Ok(shown(tx, &agent)?)
        })
        .await
}

/// What was chosen for the agents of a board.
///
/// # Errors
/// The database's.
pub async fn of_board(fleet: &Fleet, board: BoardId) -> Result<ModelChoiceRead, StoreError> {
    fleet.db().read(move |conn| Ok(chosen_for(conn, board)?.into())).await
}

/// Chooses models for the agents of a board. Their gateways are told by jobs.
///
/// # Errors
/// What cannot be chosen; the database's.
pub async fn change_of_board(
    fleet: &Fleet,
    board: Board,
    changes: ModelChanges,
) -> Result<ModelChoiceRead, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            let board = tasks::lock_board(tx, board.id)?.ok_or(StoreError::NotFound("board"))?;
            let known = chosen_for(tx, board.id)?;
            let next = save(tx, &known, changes)?;
            tx.changed(EventSubject::Board, board.id, governed(&known), governed(&next));
            record::board_changed(tx, Event::BoardUpdated, &board);
            let told: BTreeSet<GatewayId> =
                agents::of_board(tx, board.id)?.into_iter().map(|agent| agent.gateway_id).collect();
            tell(tx, board.organization_id, told)?;
            Ok(next.into())
        })
        .await
}

/// What the gateway of an agent has of it in its configuration at this moment.
///
/// # Errors
/// An agent that is not the organization's, or is not there; a gateway that is away; the database's.
pub async fn observed(fleet: &Fleet, caller: Caller, id: AgentId) -> Result<ObservedModels, FleetError> {
    let found = fleet.db().read(move |conn| {
        let (agent, gateway) = agent_in(conn, caller.organization, id)?;
        let models = shown(conn, &agent)?;
        Ok::<_, FleetError>((agent, gateway, models.in_effect))
    });
    let (agent, gateway, wanted) = found.await?;
    let remote = within(fleet.gateways().remote(&gateway)).await?;
    let snapshot = within(async { Ok(remote.ask(&GetConfig {}).await?) }).await?;
    let place = remote.place(&agent, &gateway);
    let there = snapshot.agent(&place.key).ok_or_else(|| {
        FleetError::conflict(
            "Its gateway does not have this agent: look at the gateway, or have it reconciled.",
        )
    })?;
    let mut model = there.model().unwrap_or_default();
    model.fallbacks.truncate(MODEL_FALLBACKS);
    let takes_thinking = remote.features().agent_takes_thinking();
    let mut seen = ObservedModels {
        model: Some(model.primary).filter(|name| !name.is_empty()),
        fallbacks: model.fallbacks,
        thinking: there.thinking().map(str::to_owned),
        heartbeat_model: there.heartbeat_model().map(str::to_owned),
        light_context: there.light_context(),
        active_hours: there.active_hours().cloned(),
        takes_thinking,
        is_as_wanted: false,
    };
    seen.is_as_wanted = seen.fits(&wanted);
    Ok(seen)
}

/// The models that a gateway offers.
///
/// # Errors
/// A gateway that is not the organization's, or is away; the database's.
pub async fn offered(fleet: &Fleet, caller: Caller, id: GatewayId) -> Result<GatewayModelsRead, FleetError> {
    let gateway = fleet.db().read(move |conn| gateways::find_in(conn, caller.organization, id)).await?;
    let gateway = gateway.ok_or(FleetError::not_found("Gateway"))?;
    let remote = within(fleet.gateways().remote(&gateway)).await?;
    let mut list = within(async { Ok(remote.ask(&ListModels {}).await?) }).await?.models;
    let truncated = list.len() > SHOWN_MODELS;
    list.truncate(SHOWN_MODELS);
    let models = list.into_iter().map(|row| GatewayModelRead {
        id: row.provider.map_or(row.id.clone(), |provider| format!("{provider}/{}", row.id)),
        name: row.name,
        context_window: row.context_window.map(|tokens| tokens.round() as i64),
        reasons: row.reasoning,
    });
    Ok(GatewayModelsRead { models: models.collect(), truncated })
}

fn shown(conn: &mut Conn, agent: &Agent) -> StoreResult<AgentModelsRead> {
    let own = model_choices::of_agent(conn, agent.id)?;
    let of_board = match agent.board_id {
        Some(board) => model_choices::of_board(conn, board)?,
        None => None,
    };
    let holds = rules::in_effect(agent.heartbeat_config.as_ref(), own.as_ref(), of_board.as_ref());
    Ok(AgentModelsRead {
        own: own.unwrap_or_else(|| ModelChoice::of_agent(agent.id)).into(),
        of_board: of_board.map(ModelChoiceRead::from),
        in_effect: holds.into(),
    })
}

fn chosen_for(conn: &mut Conn, board: BoardId) -> StoreResult<ModelChoice> {
    Ok(model_choices::of_board(conn, board)?.unwrap_or_else(|| ModelChoice::of_board(board)))
}

fn save(tx: &mut Tx<'_>, known: &ModelChoice, changes: ModelChanges) -> Result<ModelChoice, FleetError> {
    let next = rules::changed(known, changes)
        .map_err(|Unusable { field, rule }| FleetError::invalid_field(field, rule))?;
    let next = ModelChoice { updated_at: Timestamp::now(), ..next };
    model_choices::save(tx, &next)?;
    Ok(next)
}

/// Has the configuration of the gateways written.
fn tell(
    tx: &mut Tx<'_>,
    organization: OrganizationId,
    told: impl IntoIterator<Item = GatewayId>,
) -> StoreResult<()> {
    for gateway in told {
        jobs::enqueue(tx, WriteConfig { gateway }.job(organization)?)?;
    }
    Ok(())
}

fn governed(choice: &ModelChoice) -> Value {
    json!({
        "model": choice.model,
        "fallbacks": choice.fallbacks,
        "thinking": choice.thinking.map(|level| level.as_str()),
        "heartbeat_model": choice.heartbeat_model,
        "light_context": choice.light_context,
        "active_hours": choice.active_hours,
    })
}
