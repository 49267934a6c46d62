//! Writing the workspace files, with a place for what a gateway does not keep as a file.

use mission_control_core::id::AgentId;
use mission_control_core::models::Agent;
use mission_control_gateway_rpc::{GatewayError, RpcErrorKind};
use mission_control_store::{StoreError, agent_files};

use super::files;
use super::token::{self, Chosen};
use crate::fleet::Fleet;
use crate::reach::{Remote, Trouble, remote};
use crate::templates::File;

/// Where a text goes whose file the gateway does not keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Elsewhere {
    /// Into AGENTS.md.
    Agents,
    /// Into the heartbeat's own instructions.
    Scratch,
    /// Nowhere: an agent can do without it.
    Nowhere,
}

/// Where the text of `file` goes on a gateway that does not keep such a file.
pub(crate) async fn elsewhere(remote: &Remote, key: &str, file: File) -> Result<Elsewhere, GatewayError> {
    Ok(match file {
        File::Tools => Elsewhere::Agents,
        File::Heartbeat if remote.heartbeat_job(key).await?.is_some() => Elsewhere::Scratch,
        File::Heartbeat => Elsewhere::Agents,
        _ => Elsewhere::Nowhere,
    })
}

/// Writes `texts` in order and returns the names of the files that went elsewhere. As soon as the file with the token
/// is there, the token counts.
pub(crate) async fn write(
    fleet: &Fleet,
    remote: &Remote,
    agent: &Agent,
    key: &str,
    texts: Vec<(File, String)>,
    chosen: &Chosen,
) -> Result<Vec<&'static str>, Trouble> {
    let mut refused = files::Folded::new();
    let mut moved = Vec::new();
    for (file, text) in texts {
        let text = if file == File::Agents { files::fold(&text, &refused) } else { text };
        let is_kept = remote.features().supports_file(file.name())
            && match put(fleet, remote, agent.id, key, file, &text).await {
                Ok(()) => true,
                // A release that keeps less than is known of it. Without its main file an agent cannot work.
                Err(Trouble::Gateway(error)) if is_unsupported(&error) && file != File::Agents => false,
                Err(trouble) => return Err(trouble),
            };
        if !is_kept {
            moved.push(file.name());
            forget(fleet, agent.id, file).await?;
            match elsewhere(remote, key, file).await? {
                Elsewhere::Scratch if remote.write_heartbeat_scratch(key, &text).await? => {}
                Elsewhere::Scratch | Elsewhere::Agents => drop(refused.insert(file, text)),
                Elsewhere::Nowhere => {}
            }
            continue;
        }
        let carries_token =
            file == File::Tools || (file == File::Agents && refused.contains_key(&File::Tools));
        if carries_token && let Chosen::New(_) = chosen {
            token::promote(fleet, agent.id, chosen.text()).await?;
        }
    }
    Ok(moved)
}

/// Writes one file, and keeps what it was: so that it can be told later who changed it.
pub(crate) async fn put(
    fleet: &Fleet,
    remote: &Remote,
    agent: AgentId,
    key: &str,
    file: File,
    text: &str,
) -> Result<(), Trouble> {
    let (digest, size) = (files::digest(text), i64::try_from(text.len()).unwrap_or(i64::MAX));
    let noted: Result<(), StoreError> =
        fleet.db().write(move |tx| agent_files::note_write(tx, agent, file.name(), &digest, size)).await;
    noted?;
    Ok(remote.write_file(key, file, text).await?)
}

async fn forget(fleet: &Fleet, agent: AgentId, file: File) -> Result<(), StoreError> {
    fleet.db().write(move |tx| agent_files::forget(tx, agent, file.name())).await
}

fn is_unsupported(error: &GatewayError) -> bool {
    remote::kind(error) == Some(RpcErrorKind::UnsupportedFile)
}
