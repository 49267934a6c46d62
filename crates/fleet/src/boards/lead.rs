//! The lead of a board.

use mission_control_core::id::{BoardId, JobId};
use mission_control_core::models::Agent;
use mission_control_store::{Tx, agents, boards};
use serde_json::{Map, Value, json};

use crate::agents::check::board_with_gateway;
use crate::agents::create::store_and_provision;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::wait::Reply;
use crate::{heartbeat, naming};

/// How a new lead shall be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LeadOptions {
    /// Its name; "Lead Agent" when none is given.
    pub name: Option<String>,
    /// Traits on top of the usual ones of a lead.
    pub identity_profile: Option<Map<String, Value>>,
}

/// The lead of a board; one is created and provisioned when there is none. An existing lead keeps its name.
///
/// # Errors
/// A missing board or gateway; the gateway's refusal, after which the lead is tried again.
pub async fn ensure_lead(
    fleet: &Fleet,
    caller: Caller,
    board: BoardId,
    options: LeadOptions,
) -> Result<(Reply<Agent>, bool), FleetError> {
    let (agent, job) = fleet.db().write(move |tx| find_or_insert(tx, caller, board, options)).await?;
    let Some(job) = job else { return Ok((Reply::Done(agent), false)) };
    let id = agent.id;
    let reply = match fleet.settle(job, "Gateway provision failed").await? {
        Some(_) => Reply::Done(crate::agents::check::current(fleet, id).await?),
        None => Reply::Accepted { value: agent, job },
    };
    Ok((reply, true))
}

/// The lead of a board, or a new one with the job that provisions it.
pub(crate) fn find_or_insert(
    tx: &mut Tx<'_>,
    caller: Caller,
    board: BoardId,
    options: LeadOptions,
) -> Result<(Agent, Option<JobId>), FleetError> {
    let (board, gateway) = board_with_gateway(tx, caller.organization, Some(board))?;
    // Two at once must not both find none.
    boards::lock(tx, board.id)?;
    if let Some(lead) = agents::lead_of(tx, board.id)? {
        return Ok((lead, None));
    }
    let name = options.name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "Lead Agent".to_owned());
    let mut lead = Agent::new(gateway.id, name);
    lead.board_id = Some(board.id);
    lead.paused_at = board.paused_at;
    lead.is_board_lead = true;
    lead.heartbeat_config = Some(heartbeat::default_config());
    lead.identity_profile = Some(profile(options.identity_profile));
    lead.openclaw_session_id = Some(naming::session_key(&lead));
    let (lead, job) = store_and_provision(tx, lead, true, &gateway, caller)?;
    Ok((lead, Some(job)))
}

fn profile(given: Option<Map<String, Value>>) -> Value {
    let mut profile = json!({
        "role": "Board Lead",
        "communication_style": "direct, concise, practical",
        "emoji": ":gear:",
    });
    if let (Some(profile), Some(given)) = (profile.as_object_mut(), given) {
        profile.extend(
            given.into_iter().filter(|(_, value)| value.as_str().is_none_or(|text| !text.trim().is_empty())),
        );
    }
    profile
}
