//! The agent that every gateway has.

use mission_control_core::id::JobId;
use mission_control_core::models::AgentStatus;
use mission_control_core::models::{Agent, AgentChanges, Gateway};
use mission_control_core::time::Timestamp;
use mission_control_store::{Tx, agents, jobs};
use serde_json::{Value, json};

use super::create::store_and_provision;
use crate::error::FleetError;
use crate::fleet::Caller;
use crate::jobs::edit::Edit;
use crate::jobs::payload::Provision;
use crate::jobs::task::Task;
use crate::{heartbeat, naming, record};

fn profile() -> Value {
    json!({ "role": "Gateway Agent", "communication_style": "direct, concise, practical", "emoji": ":compass:" })
}

fn name_for(gateway: &Gateway) -> String {
    format!("{} Gateway Agent", gateway.name)
}

/// A main agent as it is before anything was stored.
pub(crate) fn new_main(gateway: &Gateway) -> Agent {
    let mut agent = Agent::new(gateway.id, name_for(gateway));
    agent.heartbeat_config = Some(heartbeat::default_config());
    agent.identity_profile = Some(profile());
    agent.openclaw_session_id = Some(naming::session_key(&agent));
    agent
}

/// Makes sure that `gateway` has a main agent and brings it up to date there.
pub(crate) fn refresh(
    tx: &mut Tx<'_>,
    gateway: &Gateway,
    caller: Caller,
) -> Result<(Agent, JobId), FleetError> {
    let main = match agents::main_of(tx, gateway.id)? {
        Some(main) => agents::lock(tx, main.id)?,
        None => None,
    };
    let Some(main) = main else { return store_and_provision(tx, new_main(gateway), true, gateway, caller) };
    if main.token_digest.is_none() && main.agent_token_hash.is_none() {
        let main = Agent { name: name_for(gateway), ..main };
        return store_and_provision(tx, main, false, gateway, caller);
    }
    let changes = AgentChanges {
        name: Some(name_for(gateway)),
        status: Some(AgentStatus::Updating),
        provision_requested_at: Some(Some(Timestamp::now())),
        provision_action: Some(Some("update".to_owned())),
        last_provision_error: Some(None),
        lifecycle_generation: Some(main.lifecycle_generation + 1),
        ..AgentChanges::default()
    };
    let main = agents::update(tx, main.id, &changes)?;
    record::agent_changed(tx, gateway.organization_id, "agent.updated", &main);
    let task = Provision {
        agent: main.id,
        generation: main.lifecycle_generation,
        fresh: false,
        user: caller.user,
        edit: Edit::default(),
        force_bootstrap: false,
        reset_session: false,
        wake: true,
        keep_edited: false,
        attended: None,
    };
    let mut job = Task::Provision(task).job(gateway.organization_id);
    job.lane = mission_control_core::models::Lane::Interactive;
    let job = jobs::enqueue(tx, job)?;
    Ok((main, job))
}
