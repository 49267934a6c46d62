//! `health`, `status`, `models.list`, `wake` and `logs.tail`.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::nullable;
use crate::{Client, GatewayError};

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

#[derive(Deserialize)]
struct ModelsAnswer {
    #[serde(default, deserialize_with = "nullable")]
    models: Vec<ModelRow>,
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

/// A wake.
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

/// `health`, `status`, `models.list`, `wake` and `logs.tail`
impl Client {
    /// `health`. Needs no scope, so it works where nothing else does.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn health(&self) -> Result<Health, GatewayError> {
        self.ask("health", json!({})).await
    }

    /// `status`.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn status(&self) -> Result<GatewayStatus, GatewayError> {
        self.ask("status", json!({})).await
    }

    /// `models.list`: hundreds of rows on old gateways, only the usable models on new ones.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn models_list(&self) -> Result<Vec<ModelRow>, GatewayError> {
        let answer: ModelsAnswer = self.ask("models.list", json!({})).await?;
        Ok(answer.models)
    }

    /// `wake`: wakes an agent.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn wake(&self, wake: &Wake) -> Result<(), GatewayError> {
        self.ask::<IgnoredAny>("wake", wake).await.map(|_| ())
    }

    /// `logs.tail`: the log from `cursor` on, or its last lines.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn logs_tail(&self, cursor: Option<u64>, limit: Option<u32>) -> Result<LogTail, GatewayError> {
        let mut params = Map::new();
        if let Some(cursor) = cursor {
            params.insert("cursor".to_owned(), json!(cursor));
        }
        if let Some(limit) = limit {
            params.insert("limit".to_owned(), json!(limit));
        }
        self.ask("logs.tail", params).await
    }
}
