//! What a gateway shows of its agents.

use std::collections::HashMap;

use mission_control_core::id::AgentId;
use mission_control_core::models::{AgentFile, Gateway};
use mission_control_core::rules::reconcile::Observed;
use mission_control_gateway_rpc::{GetConfig, WorkspaceFile, roster};
use mission_control_store::StoreError;
use mission_control_store::agent_files::{self, Look};

use super::desired::Wanted;
use crate::fleet::Fleet;
use crate::provision::files::is_ours;
use crate::provision::workspace::modified_ms;
use crate::reach::{FileSight, Remote, Trouble, remote};
use crate::templates::File;

/// What is seen of one agent.
pub(super) struct Sight {
    pub(super) observed: Observed,
    /// Files that it has changed.
    pub(super) edited: Vec<String>,
    /// What the looks at their content found that was not known.
    pub(super) looks: Vec<Look>,
}

impl Sight {
    fn here(edited: Vec<String>) -> Self {
        Self { observed: Observed::Present { files_missing: false }, edited, looks: Vec::new() }
    }
}

/// What is seen, by agent.
pub(super) type Sights = HashMap<AgentId, Sight>;

/// Looks at the gateway's list of agents, its configuration and their workspace files. Also returns the settings in that
/// configuration that look as earlier releases left them.
pub(super) async fn look(
    remote: &Remote,
    gateway: &Gateway,
    wanted: &Wanted,
) -> Result<(Sights, Vec<String>), Trouble> {
    let listed = remote.listed_agents().await?;
    let config = remote.ask(&GetConfig {}).await?;
    let mut sights = Sights::with_capacity(wanted.agents.len());
    for one in &wanted.agents {
        let key = remote.place(&one.agent, gateway).key;
        let known = listed.as_ref().is_none_or(|listed| listed.contains(&key));
        let sight = match known || config.agent(&key).is_some() {
            false => Sight { observed: Observed::Absent, edited: Vec::new(), looks: Vec::new() },
            true => files(remote, &key, &one.files).await?,
        };
        sights.insert(one.agent.id, sight);
    }
    Ok((sights, roster::of_earlier_releases(&config.config)))
}

/// An agent that the gateway cannot show the files of is there all the same: it may be taking it in.
///
/// A list decides nothing but what is worth a look: newer gateways leave files out that they have. Only the gateway's
/// answer for a file says that it is missing, and what has not moved since the last look is not read again.
async fn files(remote: &Remote, key: &str, written: &[AgentFile]) -> Result<Sight, Trouble> {
    let mut sight = Sight::here(Vec::new());
    if written.is_empty() {
        return Ok(sight);
    }
    let listed = match remote.listed_files(key).await {
        Ok(listed) => listed,
        Err(error) if error.rpc().is_some() => return Ok(Sight::here(still_edited(written))),
        Err(error) => return Err(error.into()),
    };
    for file in written {
        let row = listed.iter().find(|row| row.name == file.name);
        let removable = File::named(&file.name).is_some_and(File::is_removable);
        if removable && row.is_none_or(|row| row.missing) {
            continue;
        }
        if row.is_some_and(|row| is_as_seen(file, row)) {
            sight.edited.extend(file.edited.then(|| file.name.clone()));
            continue;
        }
        let found = match remote.look_at_file(key, &file.name).await {
            Ok(found) => found,
            Err(error) if remote::is_missing_agent(&error) => return Ok(Sight::here(still_edited(written))),
            Err(error) => return Err(error.into()),
        };
        let edited = match &found {
            FileSight::There(found) => found.content.as_deref().is_some_and(|text| !is_ours(file, text)),
            // A file that the gateway has ceased to keep goes elsewhere when it is written.
            FileSight::Missing | FileSight::Unsupported => {
                sight.observed = Observed::Present { files_missing: true };
                continue;
            }
            FileSight::Unreadable => file.edited,
        };
        sight.edited.extend(edited.then(|| file.name.clone()));
        let modified_ms = match found {
            FileSight::There(found) => modified_ms(&found),
            _ => None,
        };
        if (edited, modified_ms) != (file.edited, file.seen_modified_ms) {
            sight.looks.push(Look { file: file.clone(), modified_ms, edited });
        }
    }
    Ok(sight)
}

/// Whether the gateway shows a file as it was when its content was last looked at; by its size, where the gateway does not
/// say when it was changed.
fn is_as_seen(file: &AgentFile, row: &WorkspaceFile) -> bool {
    match modified_ms(row) {
        Some(modified) => !row.missing && file.seen_modified_ms == Some(modified),
        None => !row.missing && row.size.is_some() && row.size == u64::try_from(file.size).ok(),
    }
}

fn still_edited(written: &[AgentFile]) -> Vec<String> {
    written.iter().filter(|file| file.edited).map(|file| file.name.clone()).collect()
}

/// Keeps what was found in an agent's files.
pub(super) async fn note_looks(fleet: &Fleet, looks: Vec<Look>) -> Result<(), StoreError> {
    if looks.is_empty() {
        return Ok(());
    }
    fleet.db().write(move |tx| agent_files::note_looks(tx, &looks)).await
}
