//! The workspace of an agent before a run writes into it: what is there, and what of it is the agent's own.
//!
//! It is looked at before the agent is created or renamed: gateways then put files of their own into a workspace that
//! lacks some, and write IDENTITY.md anew. What they do is nobody's edit.

use std::time::Duration;

use mission_control_core::id::AgentId;
use mission_control_core::models::{Agent, AgentFile};
use mission_control_gateway_rpc::{GetConfig, WorkspaceFile};
use mission_control_store::{StoreError, agent_files};
use tokio::time::{Instant, sleep};

use super::files::is_ours;
use crate::fleet::Fleet;
use crate::reach::{FileSight, Remote, Trouble, remote};
use crate::templates::File;

/// How long a gateway may take to know an agent that its configuration has.
pub(super) const UNTIL_KNOWN: Duration = Duration::from_secs(10);
/// After which it is asked again, when it does not in that time.
const ASK_AGAIN: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(250);

/// What is in a workspace.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    pub(super) existing: Vec<File>,
    /// Files that the agent changed since we wrote them.
    pub(super) edited: Vec<File>,
}

/// The workspace of an agent that its gateway knows; nothing when the gateway has no such agent.
pub(super) async fn look(
    fleet: &Fleet,
    remote: &Remote,
    agent: AgentId,
    key: &str,
) -> Result<Option<Workspace>, Trouble> {
    let deadline = Instant::now() + UNTIL_KNOWN;
    let present = loop {
        match remote.files(key).await {
            Ok(present) => break present,
            Err(error) if remote::is_missing_agent(&error) => {
                if remote.ask(&GetConfig {}).await?.agent(key).is_none() {
                    return Ok(None);
                }
                if Instant::now() >= deadline {
                    return Err(not_taken_in(key));
                }
                sleep(PAUSE).await;
            }
            Err(error) => return Err(error.into()),
        }
    };
    let mut workspace = Workspace { existing: known(&present), edited: Vec::new() };
    for (file, written) in written(fleet, agent).await? {
        if edited(remote, key, &written).await? {
            workspace.edited.push(file);
        }
    }
    Ok(Some(workspace))
}

/// The workspace of an agent that its gateway has just made. Files are the agent's own where it was known to have changed
/// them and they are as they were then; everything else is the gateway's.
pub(super) async fn look_at_new(
    fleet: &Fleet,
    remote: &Remote,
    agent: AgentId,
    key: &str,
) -> Result<Workspace, Trouble> {
    let present = remote.files(key).await?;
    let mut workspace = Workspace { existing: known(&present), edited: Vec::new() };
    for (file, written) in written(fleet, agent).await? {
        let modified = present.iter().find(|found| found.name == written.name).and_then(modified_ms);
        if modified.is_some() && modified == written.seen_modified_ms {
            workspace.edited.push(file);
        } else {
            let forgotten: Result<(), StoreError> =
                fleet.db().write(move |tx| agent_files::forget(tx, agent, file.name())).await;
            forgotten?;
        }
    }
    Ok(workspace)
}

/// The gateway makes the workspace of `agent` anew.
pub(super) async fn forget(fleet: &Fleet, agent: AgentId) -> Result<(), StoreError> {
    fleet.db().write(move |tx| agent_files::forget_unedited(tx, agent)).await
}

/// The gateway writes IDENTITY.md anew: it stays ours if it is now.
pub(super) async fn forget_identity(
    fleet: &Fleet,
    agent: &Agent,
    before: &Workspace,
) -> Result<(), StoreError> {
    if before.edited.contains(&File::Identity) {
        return Ok(());
    }
    let id = agent.id;
    fleet.db().write(move |tx| agent_files::forget(tx, id, File::Identity.name())).await
}

/// The agent was created, or is in the gateway's configuration, and the gateway does not know it (yet).
pub(super) fn not_taken_in(key: &str) -> Trouble {
    Trouble::Later {
        reason: format!(
            "the gateway does not know the agent `{key}` yet: it is still taking in its configuration; if that lasts, restart \
             the gateway"
        ),
        after: ASK_AGAIN,
    }
}

/// When the gateway last changed a file, in its own milliseconds.
pub(crate) fn modified_ms(file: &WorkspaceFile) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are far from the limits")]
    file.updated_at_ms.map(|ms| ms as i64)
}

fn known(present: &[WorkspaceFile]) -> Vec<File> {
    present.iter().filter_map(|file| File::named(&file.name)).collect()
}

async fn written(fleet: &Fleet, agent: AgentId) -> Result<Vec<(File, AgentFile)>, StoreError> {
    let written = fleet.db().read(move |conn| agent_files::of_agent(conn, agent)).await?;
    Ok(written.into_iter().filter_map(|written| Some((File::named(&written.name)?, written))).collect())
}

async fn edited(remote: &Remote, key: &str, written: &AgentFile) -> Result<bool, Trouble> {
    let FileSight::There(file) = remote.look_at_file(key, &written.name).await? else { return Ok(false) };
    Ok(file.content.is_some_and(|content| !is_ours(written, &content)))
}
