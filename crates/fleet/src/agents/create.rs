//! Creating an agent on a board.

use mission_control_core::id::{BoardId, JobId};
use mission_control_core::models::{Agent, AgentChanges, Board, Gateway};
use mission_control_core::rules::lifecycle::{self, Occasion};
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::Event;
use mission_control_store::{Conn, Tx, agents, boards, jobs};

use super::check::{board_with_gateway, current, name_is_free, templates_render};
use super::input::{CreatedBy, NewAgent, normalize_profile, normalize_template};
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::kind::Kind;
use crate::jobs::kinds::Provision;
use crate::provision::load;
use crate::provision::run::Subjects;
use crate::wait::Reply;
use crate::{heartbeat, naming, record};

/// Creates an agent and brings it onto its board's gateway.
///
/// An agent that was left behind by a creation that failed is taken up again: its name does not block the retry.
///
/// # Errors
/// Anything wrong with the input, and then nothing is created; the gateway's refusal, and then the agent is kept with
/// its cause and tried again.
pub async fn create(
    fleet: &Fleet,
    caller: Caller,
    new: NewAgent,
    by: CreatedBy,
) -> Result<Reply<Agent>, FleetError> {
    let new = NewAgent {
        name: new.name.trim().to_owned(),
        identity_profile: new.identity_profile.as_ref().and_then(normalize_profile),
        identity_template: normalize_template(new.identity_template),
        soul_template: normalize_template(new.soul_template),
        ..new
    };
    if new.identity_template.is_some() || new.soul_template.is_some() {
        let new = new.clone();
        let subjects: Result<Subjects, FleetError> = fleet
            .db()
            .read(move |conn| {
                let (board, gateway) = place(conn, caller, &new, by)?;
                let agent = described(Agent::new(gateway.id, new.name.as_str()), &new, &board, &gateway);
                load::subjects(conn, agent, caller.user)?.ok_or(FleetError::not_found("Gateway"))
            })
            .await;
        templates_render(fleet, &subjects?).await?;
    }
    let (agent, job) = fleet.db().write(move |tx| insert(tx, caller, &new, by)).await?;
    let id = agent.id;
    match fleet.settle(job, "Gateway provision failed").await? {
        Some(_) => current(fleet, id).await.map(Reply::Done),
        None => Ok(Reply::Accepted { value: agent, job }),
    }
}

fn insert(
    tx: &mut Tx<'_>,
    caller: Caller,
    new: &NewAgent,
    by: CreatedBy,
) -> Result<(Agent, JobId), FleetError> {
    let (board, gateway) = place(tx, caller, new, by)?;
    // Two creations at once must not both find the name free or the last place empty.
    boards::lock(tx, board.id)?;
    let abandoned = abandoned(tx, board.id, &new.name)?;
    // One that is tried again has its place already.
    if matches!(by, CreatedBy::Lead(_)) && abandoned.is_none() {
        room_for_one_more(tx, board.id, board.max_agents)?;
    }
    if new.is_board_lead
        && agents::lead_of(tx, board.id)?
            .is_some_and(|lead| Some(lead.id) != abandoned.as_ref().map(|it| it.id))
    {
        return Err(FleetError::conflict("The board has a lead already."));
    }
    name_is_free(tx, gateway.id, board.id, &new.name, abandoned.as_ref().map(|agent| agent.id))?;

    let is_new = abandoned.is_none();
    let agent = abandoned.unwrap_or_else(|| Agent::new(gateway.id, new.name.as_str()));
    store_and_provision(tx, described(agent, new, &board, &gateway), is_new, &gateway, caller)
}

/// The board of a new agent and its gateway.
fn place(
    conn: &mut Conn,
    caller: Caller,
    new: &NewAgent,
    by: CreatedBy,
) -> Result<(Board, Gateway), FleetError> {
    if new.name.is_empty() {
        return Err(FleetError::invalid_field("name", "The name must not be blank."));
    }
    let board = match by {
        CreatedBy::User => new.board_id,
        CreatedBy::Lead(lead) => agents::find(conn, lead)?.and_then(|lead| lead.board_id),
    };
    board_with_gateway(conn, caller.organization, board)
}

/// `agent` as it shall be.
fn described(mut agent: Agent, new: &NewAgent, board: &Board, gateway: &Gateway) -> Agent {
    agent.name.clone_from(&new.name);
    agent.board_id = Some(board.id);
    agent.paused_at = board.paused_at;
    agent.gateway_id = gateway.id;
    agent.is_board_lead = new.is_board_lead;
    agent.heartbeat_config = Some(new.heartbeat_config.clone().unwrap_or_else(heartbeat::default_config));
    agent.identity_profile.clone_from(&new.identity_profile);
    agent.identity_template.clone_from(&new.identity_template);
    agent.soul_template.clone_from(&new.soul_template);
    agent.openclaw_session_id = Some(naming::session_key(&agent));
    agent
}

/// Writes a new or taken-up agent and the job that brings it onto its gateway.
pub(crate) fn store_and_provision(
    tx: &mut Tx<'_>,
    mut agent: Agent,
    is_new: bool,
    gateway: &Gateway,
    caller: Caller,
) -> Result<(Agent, JobId), FleetError> {
    let requested = lifecycle::provisioning(&agent, true, Occasion::Wanted, Timestamp::now()).changes;
    if is_new {
        requested.apply(&mut agent);
        agents::insert(tx, &agent)?;
    } else {
        agent = agents::update(tx, agent.id, &described_anew(agent, requested))?;
    }
    let event = if is_new { Event::AgentCreated } else { Event::AgentUpdated };
    record::agent_changed(tx, gateway.organization_id, event, &agent);
    let provision = Provision {
        fresh: true,
        user: caller.user,
        reset_session: agent.board_id.is_some(),
        ..Provision::of(&agent)
    };
    let job = jobs::enqueue(tx, provision.job(gateway.organization_id)?)?;
    Ok((agent, job))
}

/// The description of one that is taken up again, on top of `requested`.
fn described_anew(agent: Agent, requested: AgentChanges) -> AgentChanges {
    AgentChanges {
        name: Some(agent.name),
        board_id: Some(agent.board_id),
        paused_at: Some(agent.paused_at),
        gateway_id: Some(agent.gateway_id),
        is_board_lead: Some(agent.is_board_lead),
        openclaw_session_id: Some(agent.openclaw_session_id),
        heartbeat_config: Some(agent.heartbeat_config),
        identity_profile: Some(agent.identity_profile),
        identity_template: Some(agent.identity_template),
        soul_template: Some(agent.soul_template),
        ..requested
    }
}

/// An agent of this name whose creation failed and that never lived.
fn abandoned(tx: &mut Tx<'_>, board: BoardId, name: &str) -> Result<Option<Agent>, FleetError> {
    let wanted = name.to_lowercase();
    Ok(agents::of_board(tx, board)?.into_iter().find(|agent| {
        !agent.is_board_lead
            && agent.last_seen_at.is_none()
            && lifecycle::never_lived(agent)
            && agent.last_provision_error.is_some()
            && agent.name.trim().to_lowercase() == wanted
    }))
}

fn room_for_one_more(tx: &mut Tx<'_>, board: BoardId, limit: i32) -> Result<(), FleetError> {
    let workers = agents::of_board(tx, board)?.iter().filter(|agent| !agent.is_board_lead).count();
    if i32::try_from(workers).is_ok_and(|workers| workers < limit) {
        return Ok(());
    }
    let noun = if limit == 1 { "agent" } else { "agents" };
    Err(FleetError::conflict(format!(
        "The board allows {limit} {noun} besides the lead (max_agents), and has {workers}."
    )))
}
