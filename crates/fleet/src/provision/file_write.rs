//! Writing the workspace files, with a place for what a gateway does not take as a file.

use mission_control_core::id::AgentId;
use mission_control_core::models::Agent;
use mission_control_gateway_rpc::{GatewayError, RpcErrorKind};
use mission_control_store::{StoreError, agent_files};

use super::files;
use super::token::{self, Chosen};
use crate::fleet::Fleet;
use crate::remote::{self, Folded, Remote};
use crate::templates::File;
use crate::trouble::Trouble;

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
    let mut refused = Folded::new();
    let mut elsewhere = Vec::new();
    for (file, text) in texts {
        let text = if file == File::Agents { files::fold(&text, &refused) } else { text };
        match put(fleet, remote, agent.id, key, file, &text).await {
            Ok(()) => {}
            Err(Trouble::Gateway(error)) if is_unsupported(&error) => {
                elsewhere.push(file.name());
                forget(fleet, agent.id, file).await?;
                match file {
                    File::Tools => drop(refused.insert(file, text)),
                    File::Heartbeat if remote.write_heartbeat_scratch(key, &text).await? => {}
                    File::Heartbeat => drop(refused.insert(file, text)),
                    // Without its main file an agent cannot work; the others it can do without.
                    File::Agents => return Err(error.into()),
                    _ => {}
                }
                continue;
            }
            Err(trouble) => return Err(trouble),
        }
        let carries_token =
            file == File::Tools || (file == File::Agents && refused.contains_key(&File::Tools));
        if carries_token && let Chosen::New(_) = chosen {
            token::promote(fleet, agent.id, chosen.text()).await?;
        }
    }
    Ok(elsewhere)
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
