//! `config.get` and `config.patch`.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::nullable;
use crate::{Client, GatewayError, GatewayVersion};

/// Where a gateway's configuration keeps its agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfigShape {
    /// `agents.list: [{id, …}]`, up to 2026.7. Also assumed where there are no agents yet.
    List,
    /// `agents.entries: {"<id>": {…}}`, from 2026.8.1 on.
    Entries,
}

/// The configuration as read. Secrets in it are replaced by `__OPENCLAW_REDACTED__`; sending
/// that back keeps them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ConfigSnapshot {
    /// The file on the gateway's host.
    pub path: Option<String>,
    /// Whether the file exists.
    pub exists: bool,
    /// What a patch must name as its base. Opaque; its form differs between versions.
    pub hash: Option<String>,
    /// The configuration in effect.
    pub config: Value,
    /// Whether the file is valid.
    pub valid: Option<bool>,
    /// What is wrong with it.
    #[serde(deserialize_with = "nullable")]
    pub issues: Vec<Value>,
}

impl ConfigSnapshot {
    /// Where this configuration keeps its agents.
    pub fn shape(&self) -> ConfigShape {
        match self.config.pointer("/agents/entries") {
            Some(entries) if entries.is_object() => ConfigShape::Entries,
            _ if self.config.pointer("/agents/ownership").is_some() => ConfigShape::Entries,
            _ => ConfigShape::List,
        }
    }

    /// The version that last wrote the file: the only trace of it on 2026.2 and 2026.3, where
    /// the connection reports `dev`. A gateway that never wrote its configuration has none.
    pub fn last_touched_version(&self) -> Option<GatewayVersion> {
        self.config
            .pointer("/meta/lastTouchedVersion")
            .and_then(Value::as_str)
            .and_then(GatewayVersion::parse)
    }

    /// The ids of the configured agents.
    pub fn agent_ids(&self) -> Vec<&str> {
        match (self.config.pointer("/agents/entries"), self.config.pointer("/agents/list")) {
            (Some(Value::Object(entries)), _) => entries.keys().map(String::as_str).collect(),
            (_, Some(Value::Array(list))) => list.iter().filter_map(id_of).collect(),
            _ => Vec::new(),
        }
    }

    /// The configuration of one agent.
    pub fn agent(&self, agent_id: &str) -> Option<&Value> {
        match (self.config.pointer("/agents/entries"), self.config.pointer("/agents/list")) {
            (Some(Value::Object(entries)), _) => entries.get(agent_id),
            (_, Some(Value::Array(list))) => list.iter().find(|agent| id_of(agent) == Some(agent_id)),
            _ => None,
        }
    }
}

fn id_of(agent: &Value) -> Option<&str> {
    agent.get("id").and_then(Value::as_str)
}

/// A merge patch: objects merge, `null` deletes, arrays of objects with an `id` merge by it on gateways with
/// [`ConfigShape::List`].
#[derive(Debug, Clone, Default)]
pub struct ConfigPatch {
    /// The patch.
    pub patch: Value,
    /// The [`ConfigSnapshot::hash`] it is based on.
    pub base_hash: Option<String>,
    /// A note for the gateway's log and restart message.
    pub note: Option<String>,
}

/// A restart the gateway announces.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RestartNotice {
    /// In how many milliseconds.
    pub delay_ms: Option<f64>,
    /// The signal by which it restarts itself.
    pub signal: Option<String>,
}

/// An accepted patch.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ConfigPatched {
    /// The new hash; new gateways only.
    pub hash: Option<String>,
    /// Whether nothing changed; new gateways only.
    pub noop: bool,
    /// Which paths changed; new gateways only.
    #[serde(deserialize_with = "nullable")]
    pub changed_paths: Vec<String>,
    /// Set when the gateway restarts because of it: see [`Client::wait_stable`].
    pub restart: Option<RestartNotice>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PatchParams<'a> {
    raw: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_hash: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

/// `config.*`
impl Client {
    /// `config.get`: the configuration and its hash.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn config_get(&self) -> Result<ConfigSnapshot, GatewayError> {
        self.ask("config.get", json!({})).await
    }

    /// `config.patch`: changes the configuration.
    ///
    /// Write one patch for many agents, not many patches: 2026.3 to 2026.7 allow three a minute.
    /// When the call fails with [`GatewayError::Closed`], the patch was probably applied and the
    /// gateway restarts: wait until it is stable, read again and compare.
    ///
    /// # Errors
    /// Any [`GatewayError`]; [`crate::RpcErrorKind::ConfigChanged`] when the base is out of date,
    /// [`crate::RpcErrorKind::ConfigInvalid`] when this version does not know a key.
    pub async fn config_patch(&self, patch: &ConfigPatch) -> Result<ConfigPatched, GatewayError> {
        let params = PatchParams {
            raw: patch.patch.to_string(),
            base_hash: patch.base_hash.as_deref(),
            note: patch.note.as_deref(),
        };
        self.ask("config.patch", params).await
    }
}
