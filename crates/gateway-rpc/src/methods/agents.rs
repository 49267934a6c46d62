//! `agents.*` and `agents.files.*`.

use std::time::Duration;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::nullable;
use crate::{Client, GatewayError};

/// Creating and deleting an agent makes and moves whole workspaces; busy gateways take their time.
const SLOW: Duration = Duration::from_secs(60);

/// The agents of a gateway.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AgentList {
    /// The agent used when none is named.
    pub default_id: Option<String>,
    /// The name of an agent's main session, normally `main`.
    pub main_key: Option<String>,
    /// The agents.
    #[serde(deserialize_with = "nullable")]
    pub agents: Vec<AgentRow>,
}

/// One agent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AgentRow {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: Option<String>,
    /// Its workspace folder; new gateways only.
    pub workspace: Option<String>,
    /// Its model: a name or an object, as the gateway has it.
    pub model: Value,
    /// Name, emoji and avatar, as the gateway has them.
    pub identity: Value,
}

/// A created agent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AgentCreated {
    /// The id the gateway made of the name.
    pub agent_id: String,
    /// The name as given.
    pub name: Option<String>,
    /// The workspace folder.
    pub workspace: Option<String>,
}

/// What to change of an agent; `None` leaves it as it is.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentChange {
    /// The display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The workspace folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace: Option<String>,
    /// The model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The emoji; 2026.8 and later only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<String>,
}

/// A deleted agent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AgentDeleted {
    /// Its id.
    pub agent_id: String,
    /// How many channel bindings went with it.
    pub removed_bindings: u64,
    /// What could not be removed; new gateways only.
    #[serde(deserialize_with = "nullable")]
    pub failed: Vec<Value>,
}

/// The workspace files of an agent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FileList {
    /// The agent.
    pub agent_id: String,
    /// Its workspace folder.
    pub workspace: Option<String>,
    /// The files this gateway version knows, existing or missing.
    #[serde(deserialize_with = "nullable")]
    pub files: Vec<WorkspaceFile>,
}

/// One workspace file.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WorkspaceFile {
    /// Its name, such as `AGENTS.md`.
    pub name: String,
    /// Its path on the gateway's host.
    pub path: Option<String>,
    /// Whether it does not exist.
    pub missing: bool,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// Last change, milliseconds since 1970.
    pub updated_at_ms: Option<f64>,
    /// Its content; not in lists.
    pub content: Option<String>,
    /// The hash of its content; new gateways only.
    pub hash: Option<String>,
}

#[derive(Deserialize)]
struct FileAnswer {
    #[serde(default)]
    file: WorkspaceFile,
}

/// `agents.*`
impl Client {
    /// `agents.list`: the agents of the gateway.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn agents_list(&self) -> Result<AgentList, GatewayError> {
        self.ask("agents.list", json!({})).await
    }

    /// `agents.create`: an agent with its workspace folder. Its id is the name made a slug.
    ///
    /// # Errors
    /// Any [`GatewayError`]; [`crate::RpcErrorKind::AgentExists`] when it is there already.
    pub async fn agents_create(&self, name: &str, workspace: &str) -> Result<AgentCreated, GatewayError> {
        let within = self.timing().call.max(SLOW);
        self.ask_within("agents.create", json!({"name": name, "workspace": workspace}), within).await
    }

    /// `agents.update`. Right after creating, the agent may still be unknown for a second or more.
    ///
    /// # Errors
    /// Any [`GatewayError`]; [`crate::RpcErrorKind::AgentNotFound`] when there is none (yet).
    pub async fn agents_update(&self, agent_id: &str, change: &AgentChange) -> Result<(), GatewayError> {
        let mut params = crate::client::encode("agents.update", change)?;
        if let Some(fields) = params.as_object_mut() {
            fields.insert("agentId".to_owned(), json!(agent_id));
        }
        self.ask::<IgnoredAny>("agents.update", params).await.map(|_| ())
    }

    /// `agents.delete`: the agent and, when asked, its files.
    ///
    /// # Errors
    /// Any [`GatewayError`]; [`crate::RpcErrorKind::AgentNotFound`] when there is none.
    pub async fn agents_delete(
        &self,
        agent_id: &str,
        delete_files: bool,
    ) -> Result<AgentDeleted, GatewayError> {
        let params = json!({"agentId": agent_id, "deleteFiles": delete_files});
        self.ask_within("agents.delete", params, self.timing().call.max(SLOW)).await
    }

    /// `agents.files.list`: the workspace files this gateway version knows.
    ///
    /// # Errors
    /// Any [`GatewayError`]; [`crate::RpcErrorKind::AgentNotFound`] when the agent is not configured.
    pub async fn agents_files_list(&self, agent_id: &str) -> Result<FileList, GatewayError> {
        self.ask("agents.files.list", json!({"agentId": agent_id})).await
    }

    /// `agents.files.get`: one workspace file with its content.
    ///
    /// # Errors
    /// Any [`GatewayError`]; [`crate::RpcErrorKind::UnsupportedFile`] when this version keeps no such file.
    pub async fn agents_files_get(&self, agent_id: &str, name: &str) -> Result<WorkspaceFile, GatewayError> {
        let answer: FileAnswer =
            self.ask("agents.files.get", json!({"agentId": agent_id, "name": name})).await?;
        Ok(answer.file)
    }

    /// `agents.files.set`: writes one workspace file.
    ///
    /// # Errors
    /// Any [`GatewayError`]; [`crate::RpcErrorKind::UnsupportedFile`] when this version keeps no such file.
    pub async fn agents_files_set(
        &self,
        agent_id: &str,
        name: &str,
        content: &str,
    ) -> Result<(), GatewayError> {
        let params = json!({"agentId": agent_id, "name": name, "content": content});
        self.ask::<IgnoredAny>("agents.files.set", params).await.map(|_| ())
    }
}
