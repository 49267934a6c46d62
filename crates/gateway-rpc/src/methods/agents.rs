//! `agents.*`.

use std::time::Duration;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{is_said, rows, said};
use crate::Request;

/// Creating and deleting an agent makes and moves whole workspaces; busy gateways take their time.
const SLOW: Duration = Duration::from_secs(60);

/// `agents.list`: asks for the agents of the gateway.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct ListAgents {}

/// The agents of a gateway.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentList {
    /// The agent used when none is named.
    #[serde(default)]
    pub default_id: Option<String>,
    /// The name of an agent's main session, normally `main`.
    #[serde(default)]
    pub main_key: Option<String>,
    /// The agents.
    #[serde(deserialize_with = "rows")]
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

/// `agents.create`: makes an agent with its workspace folder; [`crate::RpcErrorKind::AgentExists`] when it is there already.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct CreateAgent<'a> {
    /// The name; the agent's id is the slug of it.
    pub name: &'a str,
    /// The workspace folder on the gateway's host.
    pub workspace: &'a str,
}

/// `agents.update`: changes an agent; `None` leaves a field as it is. [`crate::RpcErrorKind::AgentNotFound`] when there is
/// no such agent, or not yet: right after it was created it may be unknown for a second or more.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateAgent<'a> {
    /// The agent.
    pub agent_id: &'a str,
    /// The display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
    /// The workspace folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace: Option<&'a str>,
    /// The model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<&'a str>,
    /// The emoji; 2026.8 and later only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<&'a str>,
}

/// `agents.delete`: removes an agent; [`crate::RpcErrorKind::AgentNotFound`] when there is none.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteAgent<'a> {
    /// The agent.
    pub agent_id: &'a str,
    /// Whether its files go with it.
    pub delete_files: bool,
}

/// A deleted agent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Value")]
pub struct AgentDeleted {
    /// What was removed, and how; new gateways only.
    pub removed: Vec<DeletedPath>,
    /// What could not be removed; new gateways only.
    pub failed: Vec<DeletedPath>,
    /// Its transcripts could not be removed, and therefore nothing was; new gateways only. Asked again, the gateway goes on
    /// where it stopped.
    pub purge_failed: bool,
}

impl AgentDeleted {
    /// Whether the gateway said that something stayed.
    pub fn is_incomplete(&self) -> bool {
        self.purge_failed || !self.failed.is_empty()
    }
}

/// A file or folder of an agent that was deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeletedPath {
    /// Where it is, or was, on the gateway's host; empty where that is not said.
    pub path: String,
    /// `trash`: moved to the trash of the gateway's user; `missing`: there was none.
    pub method: Option<String>,
    /// Why it could not be removed, in the gateway's words.
    pub reason: Option<String>,
}

impl From<Value> for AgentDeleted {
    fn from(answer: Value) -> Self {
        Self {
            removed: paths(&answer, "removed"),
            failed: paths(&answer, "failed"),
            purge_failed: is_said(&answer, "purgeFailed"),
        }
    }
}

/// The files and folders that an answer names; what it says instead of a list counts as one of them.
fn paths(answer: &Value, name: &str) -> Vec<DeletedPath> {
    match answer.get(name) {
        Some(Value::Array(entries)) => entries.iter().map(DeletedPath::from).collect(),
        Some(entry) if is_said(answer, name) => vec![DeletedPath::from(entry)],
        _ => Vec::new(),
    }
}

impl From<&Value> for DeletedPath {
    fn from(entry: &Value) -> Self {
        let path = entry.as_str().map_or_else(|| said(entry, "path"), str::to_owned);
        Self { path, method: said(entry, "method"), reason: said(entry, "reason") }
    }
}

impl Request for ListAgents {
    const METHOD: &'static str = "agents.list";
    type Answer = AgentList;
}

impl Request for CreateAgent<'_> {
    const METHOD: &'static str = "agents.create";
    type Answer = IgnoredAny;

    fn patience(&self, usually: Duration) -> Duration {
        usually.max(SLOW)
    }
}

impl Request for UpdateAgent<'_> {
    const METHOD: &'static str = "agents.update";
    type Answer = IgnoredAny;
}

impl Request for DeleteAgent<'_> {
    const METHOD: &'static str = "agents.delete";
    type Answer = AgentDeleted;

    fn patience(&self, usually: Duration) -> Duration {
        usually.max(SLOW)
    }
}
