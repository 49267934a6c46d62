//! Looking at an agent on its gateway: its workspace files and its sessions.

use std::time::Duration;

use mission_control_core::id::AgentId;
use mission_control_core::limits::{SHOWN_FILE, SHOWN_SESSIONS};
use mission_control_core::models::AgentFile;
use mission_control_gateway_rpc::{Session, WorkspaceFile};
use mission_control_shapes::{AgentFileContent, AgentFileRead};
use mission_control_store::{StoreError, agent_files, blocking};
use serde_json::Value;
use tokio::time::timeout;

use super::check::agent_in;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::mask::Mask;
use crate::naming::OnGateway;
use crate::provision::files::is_ours;
use crate::reach::{Remote, Trouble};
use crate::templates::File;

/// How long a gateway may take to show something to people.
const PATIENCE: Duration = Duration::from_secs(15);

/// The workspace files of an agent that are there.
///
/// # Errors
/// A missing agent; the gateway's refusal or silence.
pub async fn files(fleet: &Fleet, caller: Caller, id: AgentId) -> Result<Vec<AgentFileRead>, FleetError> {
    let (place, remote) = open(fleet, caller, id).await?;
    let mut present = within(async { Ok(remote.files(&place.key).await?) }).await?;
    present.sort_by(|left, right| left.name.cmp(&right.name));
    let written = written(fleet, id).await?;
    let read = |file: WorkspaceFile| {
        let last = written.iter().find(|written| written.name == file.name);
        // What had to be read to be found is told from its content, the others as they were seen last.
        let edited = last.is_some_and(|last| match &file.content {
            Some(content) => !is_ours(last, content),
            None => last.edited,
        });
        AgentFileRead {
            size: file.size.and_then(|size| i64::try_from(size).ok()),
            written_at: last.map(|last| last.written_at),
            edited,
            name: file.name,
        }
    };
    Ok(present.into_iter().map(read).collect())
}

/// The content of one of an agent's workspace files.
///
/// # Errors
/// A missing agent or file; the gateway's refusal or silence.
pub async fn file(
    fleet: &Fleet,
    caller: Caller,
    id: AgentId,
    name: &str,
) -> Result<AgentFileContent, FleetError> {
    let file = File::named(name).ok_or(FleetError::not_found("File"))?;
    let (place, remote) = open(fleet, caller, id).await?;
    let content = within(async { Ok(remote.read_file(&place.key, file).await?) }).await?;
    let content = content.ok_or(FleetError::not_found("File"))?;
    let written = written(fleet, id).await?;
    let last = written.iter().find(|written| written.name == name);
    let mask = Mask::of(fleet, caller.organization).await?;
    let (shown, content) = blocking(move || Ok::<_, StoreError>((mask.apply(&content), content))).await?;
    let truncated = shown.chars().nth(SHOWN_FILE).is_some();
    Ok(AgentFileContent {
        name: name.to_owned(),
        content: if truncated { shown.chars().take(SHOWN_FILE).collect() } else { shown },
        truncated,
        written_at: last.map(|last| last.written_at),
        edited: last.is_some_and(|last| !is_ours(last, &content)),
    })
}

/// The sessions of an agent, as its gateway describes them; the newest 200.
///
/// # Errors
/// A missing agent; the gateway's refusal or silence.
pub async fn sessions(fleet: &Fleet, caller: Caller, id: AgentId) -> Result<Vec<Value>, FleetError> {
    let (place, remote) = open(fleet, caller, id).await?;
    let mut sessions = within(async { Ok(remote.sessions(Some(&place.key)).await?) }).await?;
    sessions.retain(|session| session.agent_id() == Some(&place.key));
    let changed = |session: &Session| session.updated_at().unwrap_or_default();
    sessions.sort_by(|left, right| changed(right).total_cmp(&changed(left)));
    sessions.truncate(SHOWN_SESSIONS);
    let sessions = sessions.into_iter().map(Value::from).collect();
    Ok(Mask::of(fleet, caller.organization).await?.applied(sessions).await?)
}

async fn open(fleet: &Fleet, caller: Caller, id: AgentId) -> Result<(OnGateway, Remote), FleetError> {
    let (agent, gateway) = fleet.db().read(move |conn| agent_in(conn, caller.organization, id)).await?;
    let remote = within(fleet.gateways().remote(&gateway)).await?;
    Ok((remote.place(&agent, &gateway), remote))
}

async fn written(fleet: &Fleet, id: AgentId) -> Result<Vec<AgentFile>, StoreError> {
    fleet.db().read(move |conn| agent_files::of_agent(conn, id)).await
}

/// People do not wait for a gateway that restarts.
pub(crate) async fn within<T>(asked: impl Future<Output = Result<T, Trouble>>) -> Result<T, FleetError> {
    match timeout(PATIENCE, asked).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(FleetError::Gateway {
            message: format!("The gateway did not answer within {} seconds.", PATIENCE.as_secs()),
            remedy: Some("Try again; if it lasts, look at the gateway's status.".to_owned()),
        }),
    }
}
