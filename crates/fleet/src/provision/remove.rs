//! Taking agents off their gateways, and naming what stays there.

use std::time::Duration;

use mission_control_core::id::{GatewayId, OrganizationId};
use mission_control_core::limits::{FOLDER, LEFT_PATHS, LEFT_SENTENCE, TITLE};
use mission_control_core::models::{Agent, Gateway};
use mission_control_gateway_rpc::{AgentDeleted, Connected, DeletedFiles, GetConfig, STATE_DIR, roster};
use mission_control_store::{Page, StoreError, agents, gateways};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::config_write;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::naming::OnGateway;
use crate::reach::{Remote, Trouble};
use crate::text::shortened;

/// Attempts at a gateway that was reached and then did not go through with it; after that our registration goes all the
/// same.
const ATTEMPTS: i32 = 4;

/// How long a gateway may be away, as in a restart, before it counts as gone.
const CONTACT: Duration = Duration::from_secs(10);

/// Something that stayed on a gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Leftover {
    /// The agent's id there.
    agent: String,
    /// A file, a folder or, in the gateway's configuration, a key.
    path: String,
    reason: String,
}

/// What became of agents' files on their gateway.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Removal {
    left_behind: Vec<Leftover>,
    /// Files and folders that the gateway moved to the trash of its user.
    in_trash: Vec<String>,
}

impl Removal {
    /// As the result of a job.
    pub(crate) fn result(&self) -> Value {
        json!({ "ok": true, "left_behind": self.left_behind, "in_trash": self.in_trash })
    }

    /// What stayed, in one sentence; nothing when all is gone.
    pub(crate) fn sentence(&self) -> Option<String> {
        if self.left_behind.is_empty() {
            return None;
        }
        let named: Vec<String> =
            self.left_behind.iter().map(|left| format!("{} ({})", left.path, left.reason)).collect();
        Some(shortened(&format!("Left on the gateway: {}.", named.join("; ")), LEFT_SENTENCE))
    }

    /// What earlier attempts at the job removed.
    pub(crate) fn so_far(job: &Attempt) -> Self {
        job.left().unwrap_or_default()
    }

    /// Adds what became of one more agent, and keeps it for the next attempt: a gateway says it only once.
    pub(crate) async fn add(&mut self, job: &Attempt, other: Removal) -> Result<(), JobError> {
        self.left_behind.extend(other.left_behind);
        self.left_behind.truncate(LEFT_PATHS);
        self.in_trash.extend(other.in_trash);
        self.in_trash.truncate(LEFT_PATHS);
        let kept = job.checkpoint(0, 1, "Removing agents from their gateway".to_owned(), self).await;
        kept.map_err(|error| Trouble::from(error).retry())
    }

    /// An agent that its gateway was not asked about, or refused to remove, stays there as a whole.
    pub(crate) fn nothing_of(agent: &Agent, gateway: &Gateway, trouble: &Trouble) -> Self {
        let mut removal = Self::default();
        let place = OnGateway::of(agent, gateway, None);
        removal.stays_as_a_whole(&place, Connected::folder_below(STATE_DIR, &place.key), trouble);
        removal
    }

    fn stays_as_a_whole(&mut self, place: &OnGateway, folder: String, trouble: &Trouble) {
        let reason = format!("the agent {} is still there: {trouble}", place.key);
        for path in [place.workspace.clone(), folder] {
            self.stays(&place.key, path, &reason);
        }
    }

    fn stays(&mut self, agent: &str, path: String, reason: &str) {
        if self.left_behind.len() < LEFT_PATHS {
            let (path, reason) = (shortened(&path, FOLDER), shortened(reason, TITLE));
            self.left_behind.push(Leftover { agent: agent.to_owned(), path, reason });
        }
    }
}

/// Takes `agent` with its session and files off `gateway`; what is not there is fine.
pub(crate) async fn remove(fleet: &Fleet, gateway: &Gateway, agent: &Agent) -> Result<Removal, Trouble> {
    let remote = fleet.gateways().remote(gateway).await?;
    remove_by(fleet, &remote, gateway, &remote.place(agent, gateway)).await
}

async fn remove_by(
    fleet: &Fleet,
    remote: &Remote,
    gateway: &Gateway,
    place: &OnGateway,
) -> Result<Removal, Trouble> {
    let key = &place.key;
    let features = remote.features();
    // Before the agent, and only while it is there: a session that is deleted after its agent makes the folder anew.
    let is_there = remote.remembers(key).await?;
    if is_there && features.main_session_deletable() {
        remote.delete_session(&place.session).await?;
    }
    let deletion = async { Ok(remote.delete_agent(key).await?) };
    let answer = config_write::exclusively(fleet, gateway, deletion).await?;
    // An agent whose deletion was cut is gone when it is asked for again: what the gateway had to say of it is lost.
    let answer = answer.or_else(|| is_there.then(AgentDeleted::default));
    Ok(answer.map(|answer| removal_of(remote, place, answer)).unwrap_or_default())
}

/// What the gateway's answer to a deletion means.
fn removal_of(remote: &Remote, place: &OnGateway, answer: AgentDeleted) -> Removal {
    let key = &place.key;
    let mut removal = Removal::default();
    let folders = [place.workspace.clone(), remote.info().folder_of(key)];
    match remote.features().deleted_files() {
        _ if answer.purge_failed => {
            let reason = "the gateway could not remove the agent's transcripts, and so removed nothing";
            folders.into_iter().for_each(|path| removal.stays(key, path, reason));
        }
        DeletedFiles::Unknown => {
            let reason = "perhaps: this release does not say whether it removed it";
            folders.into_iter().for_each(|path| removal.stays(key, path, reason));
        }
        DeletedFiles::Trashed => removal.in_trash.extend(folders),
        DeletedFiles::Reported => {}
    }
    for failed in answer.failed.into_iter().take(LEFT_PATHS) {
        removal.stays(key, failed.path, failed.reason.as_deref().unwrap_or("it could not be removed"));
    }
    let trashed = answer.removed.into_iter().filter(|removed| removed.method.as_deref() == Some("trash"));
    removal.in_trash.extend(trashed.take(LEFT_PATHS).map(|removed| shortened(&removed.path, FOLDER)));
    removal
}

/// Takes all `agents` and what was written for their sake off `gateway`, as far as it lets them go: a gateway that is
/// gone or refuses does not keep its registration alive. One that was reached and is only busy, or went away in the
/// middle, is tried again, unless this is the last of several attempts. What stays is added to `removal`.
pub(crate) async fn leave(
    fleet: &Fleet,
    job: &Attempt,
    gateway: &Gateway,
    agents: &[Agent],
    removal: &mut Removal,
) -> Result<(), JobError> {
    let is_last = job.attempts >= ATTEMPTS;
    let remote = match fleet.gateways().remote_within(gateway, CONTACT).await {
        Ok(remote) => remote,
        Err(trouble @ (Trouble::Store(_) | Trouble::Later { .. })) => return Err(trouble.retry()),
        Err(trouble) => {
            for agent in agents {
                removal.left_behind.extend(Removal::nothing_of(agent, gateway, &trouble).left_behind);
            }
            removal.left_behind.truncate(LEFT_PATHS);
            return Ok(());
        }
    };
    for agent in agents {
        let place = remote.place(agent, gateway);
        match remove_by(fleet, &remote, gateway, &place).await {
            Ok(removed) => removal.add(job, removed).await?,
            Err(trouble) if trouble.may_pass() && !is_last => return Err(trouble.retry()),
            Err(trouble) => {
                tracing::warn!(gateway_id = %gateway.id, agent_id = %agent.id, error = %trouble, "agent left behind");
                removal.stays_as_a_whole(&place, remote.info().folder_of(&place.key), &trouble);
            }
        }
    }
    match config_write::withdraw(fleet, &remote, gateway).await {
        Ok(copies) => {
            for agent in copies {
                let key = heartbeat_key(&remote, &agent);
                removal.stays(&agent, key, "it keeps this agent's heartbeats going");
            }
        }
        Err(trouble) if trouble.may_pass() && !is_last => return Err(trouble.retry()),
        Err(trouble) => {
            let path = "openclaw.json: agents (heartbeat blocks of other agents)".to_owned();
            removal.stays("", path, &trouble.to_string());
        }
    }
    // Only to be named: it may as well be the owner's.
    match remote.ask(&GetConfig {}).await {
        Ok(config) => {
            for setting in roster::of_earlier_releases(&config.config) {
                let reason =
                    "an earlier release of Mission Control may have set it; remove it if you did not";
                removal.stays("", format!("openclaw.json: {setting}"), reason);
            }
        }
        Err(error) => {
            tracing::debug!(gateway_id = %gateway.id, %error, "settings of a gateway not looked at")
        }
    }
    Ok(())
}

/// Ends this process's connections to gateways, once their rows are gone.
pub(crate) fn disconnect(fleet: &Fleet, gateways: Vec<GatewayId>) {
    for gateway in gateways {
        fleet.gateways().remove(gateway);
    }
}

/// Removes the organization's agents from its gateways as far as these let them go, and returns the gateways. What stays
/// there is added to `removed`.
pub(crate) async fn leave_all(
    fleet: &Fleet,
    job: &Attempt,
    id: OrganizationId,
    removed: &mut Removal,
) -> Result<Vec<GatewayId>, JobError> {
    let registered: Result<Vec<(Gateway, Vec<Agent>)>, StoreError> = fleet
        .db()
        .read(move |conn| {
            let mut registered = Vec::new();
            for gateway in gateways::list(conn, id, Page::ALL)?.items {
                let agents = agents::of_gateway(conn, gateway.id)?;
                registered.push((gateway, agents));
            }
            Ok(registered)
        })
        .await;
    let mut left = Vec::new();
    for (gateway, agents) in registered? {
        leave(fleet, job, &gateway, &agents, removed).await?;
        left.push(gateway.id);
    }
    Ok(left)
}

fn heartbeat_key(remote: &Remote, agent: &str) -> String {
    format!("openclaw.json: agents.{}.{agent}.heartbeat", remote.features().shape.key())
}
