//! `agents.files.*`: the workspace files of agents.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::rows;
use crate::Request;

/// `agents.files.list`: asks for the workspace files that this gateway version knows; [`crate::RpcErrorKind::AgentNotFound`]
/// when the agent is not configured.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListFiles<'a> {
    /// The agent.
    pub agent_id: &'a str,
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
    #[serde(deserialize_with = "rows")]
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

/// `agents.files.get`: asks for one workspace file with its content; [`crate::RpcErrorKind::UnsupportedFile`] when this
/// version keeps no such file.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReadFile<'a> {
    /// The agent.
    pub agent_id: &'a str,
    /// The file's name.
    pub name: &'a str,
}

/// One workspace file as it was read.
#[derive(Debug, Clone, Deserialize)]
pub struct FileRead {
    /// The file.
    pub file: WorkspaceFile,
}

/// `agents.files.set`: writes one workspace file; [`crate::RpcErrorKind::UnsupportedFile`] when this version keeps no such
/// file.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WriteFile<'a> {
    /// The agent.
    pub agent_id: &'a str,
    /// The file's name.
    pub name: &'a str,
    /// What it shall say.
    pub content: &'a str,
}

impl Request for ListFiles<'_> {
    const METHOD: &'static str = "agents.files.list";
    type Answer = FileList;
}

impl Request for ReadFile<'_> {
    const METHOD: &'static str = "agents.files.get";
    type Answer = FileRead;
}

impl Request for WriteFile<'_> {
    const METHOD: &'static str = "agents.files.set";
    type Answer = IgnoredAny;
}
