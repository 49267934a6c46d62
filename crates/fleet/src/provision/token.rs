//! The token of an agent: kept as long as the gateway has it, replaced only once the gateway took the new one.
//!
//! A new token's digest is stored as pending before the gateway is told, and becomes the valid one after. In between
//! both are accepted, so there is no moment at which the agent cannot authenticate, whatever gets lost.

use mission_control_core::id::AgentId;
use mission_control_core::models::Agent;
use mission_control_core::rules::{agent_token, lifecycle};
use mission_control_shapes::events::Event;
use mission_control_store::{StoreError, agents, gateways};
use secrecy::{ExposeSecret, SecretString};

use super::files::token_in;
use crate::fleet::Fleet;
use crate::reach::{Creation, Remote, Trouble};
use crate::record;
use crate::templates::File;

/// The token to write into an agent's workspace.
#[derive(Debug)]
pub(crate) enum Chosen {
    /// The gateway has it and it is valid.
    Kept(SecretString),
    /// New; its digest is pending.
    New(SecretString),
    /// The gateway has it, but it is not this agent's.
    Foreign(SecretString),
}

/// What a token found on a gateway is to the agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The agent's.
    Valid,
    /// The agent's, written by a run that did not get to say so.
    Pending,
    /// Somebody else's, or replaced since.
    Unknown,
}

impl Chosen {
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Kept(token) | Self::New(token) | Self::Foreign(token) => token.expose_secret(),
        }
    }

    pub(crate) const fn is_new(&self) -> bool {
        matches!(self, Self::New(_))
    }

    pub(crate) const fn is_foreign(&self) -> bool {
        matches!(self, Self::Foreign(_))
    }
}

/// What `token` is to `agent`.
pub(crate) fn standing(agent: &Agent, token: &str) -> Standing {
    let digest = agent_token::digest(token);
    if agent.token_digest.as_ref() == Some(&digest) {
        return Standing::Valid;
    }
    if agent.provision_confirm_token_hash.as_ref() == Some(&digest) {
        return Standing::Pending;
    }
    match &agent.agent_token_hash {
        Some(hash) if agent_token::verify_legacy(token, hash) => Standing::Valid,
        _ => Standing::Unknown,
    }
}

/// The token for a run: the one that the gateway has if it is the agent's, else a new one.
///
/// Without `rotate`, a token that Mission Control does not know is left where it is when the agent has another: who
/// put it there may know why, and the caller is told.
pub(crate) async fn choose(
    fleet: &Fleet,
    remote: &Remote,
    agent: &Agent,
    key: &str,
    creation: Creation,
    rotate: bool,
) -> Result<Chosen, Trouble> {
    let known = agent.token_digest.is_some()
        || agent.agent_token_hash.is_some()
        || agent.provision_confirm_token_hash.is_some();
    if !rotate && known && creation == Creation::Existed {
        match find(remote, agent, key).await? {
            Some((token, Standing::Valid)) => return Ok(Chosen::Kept(token)),
            Some((token, Standing::Pending)) => {
                promote(fleet, agent.id, token.expose_secret()).await?;
                return Ok(Chosen::Kept(token));
            }
            Some((token, Standing::Unknown)) => return Ok(Chosen::Foreign(token)),
            None => {}
        }
    }
    let token = agent_token::generate();
    let digest = agent_token::digest(token.expose_secret());
    let id = agent.id;
    let issued: Result<Agent, StoreError> =
        fleet.db().write(move |tx| agents::update(tx, id, &lifecycle::token_issued(digest).changes)).await;
    issued?;
    Ok(Chosen::New(token))
}

/// The token in an agent's workspace, a valid one first: TOOLS.md where the gateway keeps one, else AGENTS.md.
pub(crate) async fn find(
    remote: &Remote,
    agent: &Agent,
    key: &str,
) -> Result<Option<(SecretString, Standing)>, Trouble> {
    let mut unknown = None;
    for file in [File::Tools, File::Agents] {
        let Some(content) = remote.read_file(key, file).await? else { continue };
        let Some(token) = token_in(&content) else { continue };
        match standing(agent, token) {
            Standing::Unknown => unknown = unknown.or_else(|| Some(SecretString::from(token.to_owned()))),
            standing => return Ok(Some((SecretString::from(token.to_owned()), standing))),
        }
    }
    Ok(unknown.map(|token| (token, Standing::Unknown)))
}

/// The gateway has `token`: from now on it is the valid one. What was opened with another one learns of it.
pub(crate) async fn promote(fleet: &Fleet, agent: AgentId, token: &str) -> Result<(), Trouble> {
    let step = lifecycle::token_confirmed(agent_token::digest(token));
    let promoted: Result<(), StoreError> = fleet
        .db()
        .write(move |tx| {
            let agent = agents::update(tx, agent, &step.changes)?;
            if let Some(gateway) = gateways::find(tx, agent.gateway_id)? {
                record::agent_changed(tx, gateway.organization_id, Event::AgentUpdated, &agent);
            }
            Ok(())
        })
        .await;
    promoted.map_err(Trouble::from)
}
