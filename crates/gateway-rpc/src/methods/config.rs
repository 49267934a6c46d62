//! `config.get` and `config.patch`.

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::{is_said, nullable};
use crate::agent_model::{AgentModel, THINKING};
use crate::heartbeats::agent_entries;
use crate::{GatewayVersion, Request};

/// Where a gateway's configuration keeps its agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfigShape {
    /// `agents.list: [{id, …}]`, up to 2026.7. Also assumed where there are no agents yet.
    List,
    /// `agents.entries: {"<id>": {…}}`, from 2026.8.1 on.
    Entries,
}

impl ConfigShape {
    /// The key of the agents, below `agents`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Entries => "entries",
        }
    }
}

/// `config.get`: asks for the configuration and its hash.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct GetConfig {}

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
        agent_entries(&self.config).into_iter().map(|(id, _)| id).collect()
    }

    /// One of the configured agents.
    pub fn agent(&self, agent_id: &str) -> Option<ConfiguredAgent<'_>> {
        let (_, settings) = agent_entries(&self.config).into_iter().find(|(id, _)| *id == agent_id)?;
        let text = |key: &str| settings.get(key).and_then(Value::as_str);
        Some(ConfiguredAgent { name: text("name"), workspace: text("workspace"), settings })
    }
}

/// An agent as the configuration has it.
#[derive(Debug, Clone, Copy)]
pub struct ConfiguredAgent<'a> {
    /// Its display name.
    pub name: Option<&'a str>,
    /// Its workspace folder.
    pub workspace: Option<&'a str>,
    /// All its settings.
    pub settings: &'a Value,
}

impl ConfiguredAgent<'_> {
    /// What it thinks with, if its settings say.
    pub fn model(&self) -> Option<AgentModel> {
        self.settings.get("model").and_then(AgentModel::read)
    }

    /// How much it thinks, in the gateway's word, if its settings say.
    pub fn thinking(&self) -> Option<&str> {
        self.settings.get(THINKING).and_then(Value::as_str)
    }

    /// The model of its heartbeats, if its settings say.
    pub fn heartbeat_model(&self) -> Option<&str> {
        self.settings.pointer("/heartbeat/model").and_then(Value::as_str)
    }

    /// Whether its heartbeats go without most of the workspace, if its settings say.
    pub fn light_context(&self) -> Option<bool> {
        self.settings.pointer("/heartbeat/lightContext").and_then(Value::as_bool)
    }

    /// When it has heartbeats, `{start, end, timezone}`, if its settings say.
    pub fn active_hours(&self) -> Option<&Value> {
        self.settings.pointer("/heartbeat/activeHours").filter(|hours| !hours.is_null())
    }
}

/// `config.patch`: changes the configuration by a merge patch: objects merge, `null` deletes, arrays of objects with an `id`
/// merge by it on gateways with [`ConfigShape::List`].
///
/// Write one patch for many agents, not many patches: 2026.3 to 2026.7 allow three a minute. When the call fails with
/// [`crate::GatewayError::Closed`], the patch was probably applied and the gateway restarts: wait until it is stable, read
/// again and compare. [`crate::RpcErrorKind::ConfigChanged`] when the base is out of date,
/// [`crate::RpcErrorKind::ConfigInvalid`] when this version does not know a key.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PatchConfig<'a> {
    /// The patch.
    #[serde(rename = "raw", serialize_with = "as_text")]
    pub patch: Value,
    /// The [`ConfigSnapshot::hash`] it is based on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_hash: Option<&'a str>,
    /// Lists that may lose entries, as the gateway has named them in a refusal; releases that name none do not know of this.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub replace_paths: &'a [String],
    /// A note for the gateway's log and restart message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'a str>,
}

fn as_text<S: Serializer>(patch: &Value, target: S) -> Result<S::Ok, S::Error> {
    target.collect_str(patch)
}

/// An accepted patch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Value")]
pub struct ConfigPatched {
    /// The gateway restarts because of it: see [`crate::Client::wait_stable`].
    pub restarts: bool,
}

impl From<Value> for ConfigPatched {
    fn from(answer: Value) -> Self {
        Self { restarts: is_said(&answer, "restart") }
    }
}

impl Request for GetConfig {
    const METHOD: &'static str = "config.get";
    type Answer = ConfigSnapshot;
}

impl Request for PatchConfig<'_> {
    const METHOD: &'static str = "config.patch";
    type Answer = ConfigPatched;
}
