//! The workspace files of agents, and the instructions that new gateways keep instead of one of them.

use mission_control_core::limits::{WORKSPACE_FILE, WORKSPACE_FILES, WORKSPACE_NAME};
use mission_control_gateway_rpc::{
    GatewayError, ListFiles, ListJobs, ReadFile, RpcErrorKind, WorkspaceFile, WriteFile, WriteScratch,
};

use super::remote::{Remote, is_missing_agent, kind};
use crate::templates::File;

/// What a gateway shows of a workspace file when it is asked for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum FileSight {
    /// It is there, with its content.
    There(WorkspaceFile),
    /// There is no such file.
    Missing,
    /// The gateway does not keep such a file.
    Unsupported,
    /// It cannot be told: a link, or no text.
    Unreadable,
}

impl Remote {
    /// The workspace files of an agent that the gateway lists, those included that are missing. Newer gateways leave some
    /// out that they have: the list alone does not say that there is no such file.
    pub(crate) async fn listed_files(&self, key: &str) -> Result<Vec<WorkspaceFile>, GatewayError> {
        let listed = self.ask(&ListFiles { agent_id: key }).await?;
        let named = |file: &WorkspaceFile| (1..=WORKSPACE_NAME).contains(&file.name.len());
        Ok(listed.files.into_iter().filter(named).take(WORKSPACE_FILES).collect())
    }

    /// An agent's workspace files that exist, those included that the gateway has and does not list.
    pub(crate) async fn files(&self, key: &str) -> Result<Vec<WorkspaceFile>, GatewayError> {
        let mut files = self.listed_files(key).await?;
        let unlisted = |file: &File| {
            !file.is_removable()
                && self.features().supports_file(file.name())
                && files.iter().all(|listed| listed.name != file.name())
        };
        for file in File::ALL.into_iter().filter(unlisted).collect::<Vec<_>>() {
            if let FileSight::There(found) = self.look_at_file(key, file.name()).await? {
                files.push(found);
            }
        }
        files.retain(|file| !file.missing);
        files.truncate(WORKSPACE_FILES);
        Ok(files)
    }

    /// One workspace file with its content.
    pub(crate) async fn look_at_file(&self, key: &str, name: &str) -> Result<FileSight, GatewayError> {
        Ok(match self.ask(&ReadFile { agent_id: key, name }).await {
            Ok(read) if read.file.missing => FileSight::Missing,
            Ok(read) if read.file.content.as_ref().is_some_and(|content| content.len() <= WORKSPACE_FILE) => {
                FileSight::There(read.file)
            }
            Ok(_) | Err(GatewayError::Decode { .. }) => FileSight::Unreadable,
            Err(error) if kind(&error) == Some(RpcErrorKind::UnsupportedFile) => FileSight::Unsupported,
            Err(error) if error.rpc().is_none() || is_missing_agent(&error) => return Err(error),
            Err(_) => FileSight::Unreadable,
        })
    }

    /// The content of a workspace file; nothing when the gateway has or knows no such file.
    pub(crate) async fn read_file(&self, key: &str, file: File) -> Result<Option<String>, GatewayError> {
        match self.look_at_file(key, file.name()).await? {
            FileSight::There(file) => Ok(file.content),
            _ => Ok(None),
        }
    }

    /// Writes a workspace file.
    pub(crate) async fn write_file(&self, key: &str, file: File, content: &str) -> Result<(), GatewayError> {
        self.ask(&WriteFile { agent_id: key, name: file.name(), content }).await.map(drop)
    }

    /// The id of the agent's heartbeat job. Gateways that keep heartbeats as cron jobs have none while they are off.
    pub(crate) async fn heartbeat_job(&self, key: &str) -> Result<Option<String>, GatewayError> {
        let asked = ListJobs { agent_id: Some(key), include_disabled: Some(true), ..ListJobs::default() };
        match self.ask(&asked).await {
            Ok(page) => Ok(page.jobs.into_iter().find(|job| job.is_heartbeat_of(key)).map(|job| job.id)),
            Err(error) if error.rpc().is_some() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Puts `content` into the heartbeat's own instructions, which new gateways keep instead of HEARTBEAT.md. False
    /// when this gateway has no such thing for the agent.
    pub(crate) async fn write_heartbeat_scratch(
        &self,
        key: &str,
        content: &str,
    ) -> Result<bool, GatewayError> {
        let Some(id) = self.heartbeat_job(key).await? else { return Ok(false) };
        match self.ask(&WriteScratch { id: &id, content }).await {
            Ok(_) => Ok(true),
            Err(error) if error.rpc().is_some() => Ok(false),
            Err(error) => Err(error),
        }
    }
}
