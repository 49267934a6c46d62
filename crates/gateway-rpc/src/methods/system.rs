//! `health`, `status`, `models.list`, `wake` and `logs.tail`.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{nullable, rows};
use crate::Request;

/// `health`: asks how the gateway fares. Needs no scope, so it works where nothing else does.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct GetHealth {}

/// How a gateway fares; also the payload of the `health` event.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Health {
    /// Whether it is well.
    pub ok: bool,
    /// The agent used when none is named.
    pub default_agent_id: Option<String>,
    /// Its agents.
    #[serde(deserialize_with = "nullable")]
    pub agents: Vec<HealthAgent>,
    /// Everything else the gateway says of its health.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// One agent in a health report.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct HealthAgent {
    /// Its id.
    pub agent_id: String,
    /// Its name.
    pub name: Option<String>,
    /// Whether it is the one used when none is named.
    pub is_default: bool,
    /// Its heartbeat.
    pub heartbeat: HeartbeatFacts,
}

/// When an agent is woken.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct HeartbeatFacts {
    /// Whether it is.
    pub enabled: bool,
    /// How often, as configured: `10m`.
    pub every: Option<String>,
    /// How often, in milliseconds.
    pub every_ms: Option<f64>,
    /// Where its outcome goes.
    pub target: Option<String>,
}

/// The `heartbeat` event.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct HeartbeatEvent {
    /// At, milliseconds since 1970.
    pub ts: Option<f64>,
    /// `ran`, `skipped`, `failed` …
    pub status: String,
    /// Why it was skipped or failed.
    pub reason: Option<String>,
    /// Its agent; new gateways only.
    pub agent_id: Option<String>,
    /// How long it took, in milliseconds.
    pub duration_ms: Option<f64>,
}

/// `status`: asks what the gateway is doing.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct GetStatus {}

/// What a gateway is doing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct GatewayStatus {
    /// Its version; new gateways only.
    pub runtime_version: Option<String>,
    /// Everything else the gateway says of itself.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// `models.list`: asks for the models: hundreds on old gateways, only the usable ones on new.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct ListModels {}

/// The models of a gateway.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ModelList {
    /// The models.
    #[serde(deserialize_with = "rows")]
    pub models: Vec<ModelRow>,
}

/// One model.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ModelRow {
    /// Its id at its provider.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Its provider.
    pub provider: Option<String>,
    /// The size of its context window in tokens.
    pub context_window: Option<f64>,
    /// Whether it reasons.
    pub reasoning: Option<bool>,
}

/// When a wake takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WakeMode {
    /// At once.
    Now,
    /// With the next heartbeat.
    NextHeartbeat,
}

/// `wake`: wakes an agent.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Wake {
    /// When.
    pub mode: WakeMode,
    /// What to say.
    pub text: String,
    /// Which agent; new gateways only, old ones wake the default agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<String>,
    /// Which session; new gateways only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_key: Option<String>,
}

/// `logs.tail`: asks for the log from `cursor` on, or for its last lines.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct TailLog {
    /// The [`LogTail::cursor`] of the piece before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<u64>,
    /// How many lines at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A piece of the gateway's log.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LogTail {
    /// The file.
    pub file: Option<String>,
    /// Where to go on.
    pub cursor: Option<u64>,
    /// The lines, JSON or text.
    #[serde(deserialize_with = "nullable")]
    pub lines: Vec<String>,
    /// Whether lines were left out.
    pub truncated: bool,
    /// Whether the file began anew since the cursor.
    pub reset: bool,
}

impl Request for GetHealth {
    const METHOD: &'static str = "health";
    type Answer = Health;
}

impl Request for GetStatus {
    const METHOD: &'static str = "status";
    type Answer = GatewayStatus;
}

impl Request for ListModels {
    const METHOD: &'static str = "models.list";
    type Answer = ModelList;
}

impl Request for Wake {
    const METHOD: &'static str = "wake";
    type Answer = IgnoredAny;
}

impl Request for TailLog {
    const METHOD: &'static str = "logs.tail";
    type Answer = LogTail;
}
