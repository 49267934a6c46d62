//! Changing an agent: first on its gateway, then here.

use mission_control_core::id::{AgentId, JobId};
use mission_control_core::models::Agent;
use mission_control_core::rules::lifecycle::{self, Occasion};
use mission_control_core::rules::version::Seen;
use mission_control_core::time::Timestamp;
use mission_control_shapes::AgentRead;
use mission_control_store::{Conn, Tx, agents, jobs};

use super::check::{agent_in, board_with_gateway, current, gateway_of, name_is_free, templates_render};
use super::input::{AgentPatch, normalize_profile, normalize_template};
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::edit::{Edit, Place};
use crate::jobs::kind::Kind;
use crate::jobs::kinds::{Attended, Provision};
use crate::provision::load;
use crate::provision::run::Subjects;
use crate::wait::Reply;
use crate::{life, record};

enum Step {
    Nothing(Agent),
    Job(Agent, JobId),
}

/// Changes an agent. With `force` its gateway is brought up to date even when nothing changes.
///
/// The change takes effect when the gateway has it; a refusal leaves the agent as it was.
///
/// # Errors
/// An agent that is not what the caller saw; anything wrong with the input; the gateway's refusal.
pub async fn update(
    fleet: &Fleet,
    caller: Caller,
    id: AgentId,
    seen: Seen,
    patch: AgentPatch,
    force: bool,
) -> Result<Reply<Agent>, FleetError> {
    let asked = patch.clone();
    let wanted = fleet.db().read(move |conn| wanted(conn, caller, id, asked, force)).await?;
    if let Some(subjects) = wanted {
        templates_render(fleet, &subjects).await?;
    }
    let step = fleet.db().write(move |tx| request(tx, caller, id, &seen, patch, force)).await?;
    match step {
        Step::Nothing(agent) => Ok(Reply::Done(agent)),
        Step::Job(agent, job) => match fleet.settle(job, "Gateway update failed").await? {
            Some(_) => current(fleet, id).await.map(Reply::Done),
            None => Ok(Reply::Accepted { value: agent, job }),
        },
    }
}

/// Everything as it will be; nothing when the gateway has no part in the change.
fn wanted(
    conn: &mut Conn,
    caller: Caller,
    id: AgentId,
    patch: AgentPatch,
    force: bool,
) -> Result<Option<Subjects>, FleetError> {
    let (agent, _) = agent_in(conn, caller.organization, id)?;
    if patch.status.is_some() || (patch.is_empty() && !force) {
        return Ok(None);
    }
    let wanted = edit(conn, caller, &agent, patch)?.applied(&agent);
    load::subjects(conn, wanted, caller.user)?.ok_or(FleetError::not_found("Gateway")).map(Some)
}

fn request(
    tx: &mut Tx<'_>,
    caller: Caller,
    id: AgentId,
    seen: &Seen,
    patch: AgentPatch,
    force: bool,
) -> Result<Step, FleetError> {
    let (_, gateway) = agent_in(tx, caller.organization, id)?;
    let agent = agents::lock(tx, id)?.ok_or(FleetError::not_found("Agent"))?;
    AgentRead::seen_of(&agent).require(seen)?;
    match patch.status.as_deref() {
        None => {}
        Some("ready") => return set_ready(tx, caller, &agent).map(Step::Nothing),
        Some(_) => {
            return Err(FleetError::Forbidden {
                message: "status is controlled by agent heartbeat".to_owned(),
            });
        }
    }
    if patch.is_empty() && !force {
        return Ok(Step::Nothing(agent));
    }
    let edit = edit(tx, caller, &agent, patch)?;

    // One that never got onto its gateway has nothing to fall back to: its provisioning goes on until it works.
    let attended =
        (!lifecycle::never_lived(&agent)).then(|| Attended { status: agent.status.as_str().to_owned() });
    let step = lifecycle::provisioning(&agent, false, Occasion::Wanted, Timestamp::now());
    let agent = life::take(tx, gateway.organization_id, id, &step)?;
    let provision = Provision {
        user: caller.user,
        edit,
        force_bootstrap: force,
        reset_session: true,
        attended,
        ..Provision::of(&agent)
    };
    let job = jobs::enqueue(tx, provision.job(gateway.organization_id)?)?;
    Ok(Step::Job(agent, job))
}

/// The operator says that the agent is fine.
fn set_ready(tx: &mut Tx<'_>, caller: Caller, agent: &Agent) -> Result<Agent, FleetError> {
    let agent = life::take(tx, caller.organization, agent.id, &lifecycle::ready())?;
    record::activity_of(tx, &agent, "agent.ready", format!("{} was set ready.", agent.name))?;
    Ok(agent)
}

fn edit(conn: &mut Conn, caller: Caller, agent: &Agent, patch: AgentPatch) -> Result<Edit, FleetError> {
    let place = place(conn, caller, agent, &patch)?;
    if let Some(name) = patch.name.as_deref() {
        if name.trim().is_empty() {
            return Err(FleetError::invalid_field("name", "The name must not be blank."));
        }
        let target = place.map_or((agent.board_id, agent.gateway_id), |place| (place.board, place.gateway));
        if let (Some(board), gateway) = target {
            name_is_free(conn, gateway, board, name, Some(agent.id))?;
        }
    }
    Ok(Edit {
        name: patch.name.map(|name| name.trim().to_owned()),
        place,
        heartbeat_config: patch.heartbeat_config,
        identity_profile: patch.identity_profile.map(|profile| profile.as_ref().and_then(normalize_profile)),
        identity_template: patch.identity_template.map(normalize_template),
        soul_template: patch.soul_template.map(normalize_template),
    })
}

/// Where the agent shall be, when that changes.
fn place(
    conn: &mut Conn,
    caller: Caller,
    agent: &Agent,
    patch: &AgentPatch,
) -> Result<Option<Place>, FleetError> {
    match patch.is_gateway_main {
        Some(true) => {
            let source = patch.board_id.flatten().or(agent.board_id);
            let (_, gateway) = board_with_gateway(conn, caller.organization, source)?;
            let other = agents::main_of(conn, gateway.id)?.filter(|main| main.id != agent.id);
            if other.is_some() {
                return Err(FleetError::conflict("The gateway has a main agent already."));
            }
            Ok(Some(Place { board: None, gateway: gateway.id, lead: false }))
        }
        Some(false) => match patch.board_id {
            Some(Some(board)) => on_board(conn, caller, agent, board).map(Some),
            _ => Err(FleetError::invalid(
                "board_id is required when converting a gateway-main agent to board scope",
            )),
        },
        // A main agent stays one until it is said otherwise.
        None if agent.board_id.is_none() => Ok(None),
        None => match patch.board_id {
            None => Ok(None),
            Some(None) => Err(FleetError::invalid("board_id is required")),
            Some(Some(board)) => on_board(conn, caller, agent, board).map(Some),
        },
    }
}

fn on_board(
    conn: &mut Conn,
    caller: Caller,
    agent: &Agent,
    board: mission_control_core::id::BoardId,
) -> Result<Place, FleetError> {
    let (board, _) = board_with_gateway(conn, caller.organization, Some(board))?;
    let gateway = gateway_of(conn, &board)?;
    if agent.is_board_lead && agents::lead_of(conn, board.id)?.is_some_and(|lead| lead.id != agent.id) {
        return Err(FleetError::conflict("The board has a lead already."));
    }
    Ok(Place { board: Some(board.id), gateway: gateway.id, lead: agent.is_board_lead })
}
