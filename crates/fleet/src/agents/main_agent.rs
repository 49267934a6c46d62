//! The agent that every gateway has.

use mission_control_core::id::JobId;
use mission_control_core::models::{Agent, AgentChanges, Gateway, Lane};
use mission_control_core::rules::lifecycle::{self, Occasion};
use mission_control_core::time::Timestamp;
use mission_control_store::{Tx, agents, jobs};
use serde_json::{Value, json};

use super::create::store_and_provision;
use crate::error::FleetError;
use crate::fleet::Caller;
use crate::jobs::kind::Kind;
use crate::jobs::kinds::Provision;
use crate::{heartbeat, life, naming};

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
    if lifecycle::never_lived(&main) {
        let main = Agent { name: name_for(gateway), ..main };
        return store_and_provision(tx, main, false, gateway, caller);
    }
    let step = lifecycle::provisioning(&main, false, Occasion::Wanted, Timestamp::now());
    let changes = AgentChanges { name: Some(name_for(gateway)), ..step.changes };
    let main = life::take(tx, gateway.organization_id, main.id, &changes.into())?;
    let provision = Provision { user: caller.user, ..Provision::of(&main) };
    let mut job = provision.job(gateway.organization_id)?;
    job.lane = Lane::Interactive;
    let job = jobs::enqueue(tx, job)?;
    Ok((main, job))
}
