//! What a gateway shows of its agents.

use std::collections::HashMap;

use mission_control_core::id::AgentId;
use mission_control_core::models::AgentFile;
use mission_control_core::rules::reconcile::Observed;
use mission_control_store::{StoreError, agent_files};

use super::desired::{One, Wanted};
use crate::fleet::Fleet;
use crate::naming;
use crate::provision::config_patch;
use crate::provision::files::is_ours;
use crate::remote::{self, Remote};
use crate::trouble::Trouble;

/// Files that agents remove themselves: at the end of their first run, and when they put their memory elsewhere.
const REMOVABLE: [&str; 2] = ["BOOTSTRAP.md", "MEMORY.md"];

/// What is seen of one agent.
pub(super) struct Sight {
    pub(super) observed: Observed,
    /// Files that it has changed.
    pub(super) edited: Vec<String>,
}

/// What is seen, by agent.
pub(super) type Sights = HashMap<AgentId, Sight>;

/// Looks at the gateway's list of agents, its configuration and their workspace files.
pub(super) async fn look(remote: &Remote, wanted: &Wanted) -> Result<Sights, Trouble> {
    let listed = remote.listed_agents().await?;
    let config = remote.config().await?.config;
    let mut sights = Sights::with_capacity(wanted.agents.len());
    for one in &wanted.agents {
        let key = naming::agent_key(&one.agent);
        let known = listed.as_ref().is_none_or(|listed| listed.contains(&key));
        let sight = match known || config_patch::has_agent(&config, &key) {
            false => Sight { observed: Observed::Absent, edited: Vec::new() },
            true => files(remote, &key, &one.files).await?,
        };
        sights.insert(one.agent.id, sight);
    }
    Ok(sights)
}

/// An agent that the gateway cannot show the files of is there all the same: it may be taking it in.
async fn files(remote: &Remote, key: &str, written: &[AgentFile]) -> Result<Sight, Trouble> {
    let mut sight = Sight { observed: Observed::Present { files_missing: false }, edited: Vec::new() };
    if written.is_empty() {
        return Ok(sight);
    }
    let present = match remote.file_sizes(key).await {
        Ok(present) => present,
        Err(error) if error.rpc().is_some() => return Ok(sight),
        Err(error) => return Err(error.into()),
    };
    let is_missing =
        |file: &AgentFile| !REMOVABLE.contains(&file.name.as_str()) && !present.contains_key(&file.name);
    sight.observed = Observed::Present { files_missing: written.iter().any(is_missing) };
    for file in written {
        let Some(size) = present.get(&file.name) else { continue };
        // The size decides whether the content is worth a call.
        if size.is_some_and(|size| size == file.size) {
            continue;
        }
        match remote.read_named(key, &file.name).await {
            Ok(Some(content)) if !is_ours(file, &content) => sight.edited.push(file.name.clone()),
            Ok(_) => {}
            Err(error) if remote::is_missing_agent(&error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(sight)
}

/// Keeps which files an agent has changed.
pub(super) async fn note_edits(fleet: &Fleet, one: &One, edited: Vec<String>) -> Result<(), StoreError> {
    let known: Vec<&str> =
        one.files.iter().filter(|file| file.edited).map(|file| file.name.as_str()).collect();
    if known == edited {
        return Ok(());
    }
    let id = one.agent.id;
    fleet.db().write(move |tx| agent_files::note_edits(tx, id, &edited)).await
}
