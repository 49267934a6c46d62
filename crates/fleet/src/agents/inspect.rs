//! Looking at an agent on its gateway: its workspace files and its sessions.

use std::time::Duration;

use mission_control_core::id::AgentId;
use mission_control_core::models::{Agent, AgentFile};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, agent_files};
use serde::Serialize;
use serde_json::Value;
use tokio::time::timeout;
use utoipa::ToSchema;

use super::check::agent_in;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::naming;
use crate::provision::files::{is_ours, token_in};
use crate::remote::Remote;
use crate::templates::File;
use crate::trouble::Trouble;

/// How long a gateway may take to show something to people.
const PATIENCE: Duration = Duration::from_secs(15);
/// Longest content that is shown, characters.
const LONGEST: usize = 200_000;
/// Most sessions that are shown.
const MOST_SESSIONS: usize = 200;

/// A workspace file of an agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgentFileRead {
    /// Its name.
    pub name: String,
    /// Size in bytes, where the gateway says it.
    pub size: Option<i64>,
    /// When Mission Control wrote it last; none when it did not.
    pub written_at: Option<Timestamp>,
    /// The agent has changed it since, as far as was seen.
    pub edited: bool,
}

/// The content of a workspace file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgentFileContent {
    /// Its name.
    pub name: String,
    /// Its content, without tokens.
    pub content: String,
    /// The content was too long and is cut.
    pub truncated: bool,
    /// When Mission Control wrote it last; none when it did not.
    pub written_at: Option<Timestamp>,
    /// The agent has changed it since.
    pub edited: bool,
}

/// The workspace files of an agent that are there.
///
/// # Errors
/// A missing agent; the gateway's refusal or silence.
pub async fn files(fleet: &Fleet, caller: Caller, id: AgentId) -> Result<Vec<AgentFileRead>, FleetError> {
    let (agent, remote) = open(fleet, caller, id).await?;
    let key = naming::agent_key(&agent);
    let present = within(async { Ok(remote.file_sizes(&key).await?) }).await?;
    let written = written(fleet, id).await?;
    let read = |(name, size): (String, Option<i64>)| {
        let last = written.iter().find(|file| file.name == name);
        AgentFileRead {
            size,
            written_at: last.map(|file| file.written_at),
            edited: last.is_some_and(|file| file.edited),
            name,
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
    let file = File::ALL.into_iter().find(|file| file.name() == name);
    let file = file.ok_or(FleetError::not_found("File"))?;
    let (agent, remote) = open(fleet, caller, id).await?;
    let key = naming::agent_key(&agent);
    let content = within(async { Ok(remote.read_file(&key, file).await?) }).await?;
    let content = content.ok_or(FleetError::not_found("File"))?;
    let written = written(fleet, id).await?;
    let last = written.iter().find(|written| written.name == name);
    let shown = masked(&content);
    let truncated = shown.chars().count() > LONGEST;
    Ok(AgentFileContent {
        name: name.to_owned(),
        content: if truncated { shown.chars().take(LONGEST).collect() } else { shown },
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
    let (agent, remote) = open(fleet, caller, id).await?;
    let prefix = format!("agent:{}:", naming::agent_key(&agent));
    let mut sessions = within(async { Ok(remote.sessions().await?) }).await?;
    sessions.retain(|session| {
        session.get("key").and_then(Value::as_str).is_some_and(|key| key.starts_with(&prefix))
    });
    let changed = |session: &Value| session.get("updatedAt").and_then(Value::as_f64).unwrap_or_default();
    sessions.sort_by(|left, right| changed(right).total_cmp(&changed(left)));
    sessions.truncate(MOST_SESSIONS);
    Ok(sessions)
}

async fn open(fleet: &Fleet, caller: Caller, id: AgentId) -> Result<(Agent, Remote), FleetError> {
    let (agent, gateway) = fleet.db().read(move |conn| agent_in(conn, caller.organization, id)).await?;
    let remote = within(fleet.remote(&gateway)).await?;
    Ok((agent, remote))
}

async fn written(fleet: &Fleet, id: AgentId) -> Result<Vec<AgentFile>, StoreError> {
    fleet.db().read(move |conn| agent_files::of_agent(conn, id)).await
}

/// People do not wait for a gateway that restarts.
async fn within<T>(asked: impl Future<Output = Result<T, Trouble>>) -> Result<T, FleetError> {
    match timeout(PATIENCE, asked).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(FleetError::Gateway {
            message: format!("The gateway did not answer within {} seconds.", PATIENCE.as_secs()),
            remedy: Some("Try again; if it lasts, look at the gateway's status.".to_owned()),
        }),
    }
}

fn masked(content: &str) -> String {
    match token_in(content) {
        Some(token) => content.replace(token, "***"),
        None => content.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_never_shown() {
        assert_eq!(masked("- `AUTH_TOKEN=abc_1`\ncurl -H abc_1"), "- `AUTH_TOKEN=***`\ncurl -H ***");
        assert_eq!(masked("nothing"), "nothing");
    }
}
