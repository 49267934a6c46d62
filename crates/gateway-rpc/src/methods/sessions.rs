//! `sessions.*`.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::nullable;
use crate::{Client, GatewayError};

/// Which sessions to list. Leave a field `None` to send nothing for it.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionsQuery {
    /// At most so many rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// From which row on; new gateways only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// Only those active in so many minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active_minutes: Option<u32>,
    /// Only those of one agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<String>,
    /// Only those matching a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// With the last message of each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_last_message: Option<bool>,
}

/// Sessions, or one page of them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SessionList {
    /// How many rows follow.
    pub count: Option<u64>,
    /// How many there are in all; new gateways only.
    pub total_count: Option<u64>,
    /// Whether there are more; new gateways only.
    #[serde(deserialize_with = "nullable")]
    pub has_more: bool,
    /// Where the next page begins; new gateways only.
    pub next_offset: Option<u64>,
    /// What a session uses unless it says otherwise.
    pub defaults: Value,
    /// The sessions.
    #[serde(deserialize_with = "nullable")]
    pub sessions: Vec<SessionRow>,
}

/// One session. Fields not named here are in `rest`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SessionRow {
    /// Its key, such as `agent:<id>:main`.
    pub key: String,
    /// Its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The name the gateway shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// The id of its transcript.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// Last change, milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<f64>,
    /// The model in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Its provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_provider: Option<String>,
    /// Tokens read so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_tokens: Option<f64>,
    /// Tokens written so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_tokens: Option<f64>,
    /// Tokens in the context now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_tokens: Option<f64>,
    /// The size of the context window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_tokens: Option<f64>,
    /// Everything else the gateway says of it.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

impl SessionRow {
    /// The agent of a session whose key is `agent:<id>:…`.
    pub fn agent_id(&self) -> Option<&str> {
        self.key.strip_prefix("agent:")?.split(':').next().filter(|id| !id.is_empty())
    }
}

/// A session as changed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SessionEntry {
    /// Its key, which may be a longer form of the one given.
    pub key: Option<String>,
    /// What the gateway keeps of it.
    pub entry: Value,
}

/// A deleted session.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SessionDeleted {
    /// Whether there was one.
    pub deleted: bool,
}

/// `sessions.*`
impl Client {
    /// `sessions.list`: one page. New gateways give 100 rows unless a limit says otherwise; see
    /// [`Client::sessions_all`].
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn sessions_list(&self, query: &SessionsQuery) -> Result<SessionList, GatewayError> {
        self.ask("sessions.list", query).await
    }

    /// `sessions.list`, page after page.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn sessions_all(&self, query: &SessionsQuery) -> Result<Vec<SessionRow>, GatewayError> {
        let mut query = query.clone();
        let mut all = Vec::new();
        loop {
            let page = self.sessions_list(&query).await?;
            let rows = page.sessions.len();
            all.extend(page.sessions);
            match page.next_offset.filter(|next| page.has_more && rows > 0 && Some(*next) > query.offset) {
                Some(next) => query.offset = Some(next),
                None => return Ok(all),
            }
        }
    }

    /// `sessions.patch`: makes sure the session exists and, when given, sets its label.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn sessions_patch(&self, key: &str, label: Option<&str>) -> Result<SessionEntry, GatewayError> {
        let params = match label {
            Some(label) => json!({"key": key, "label": label}),
            None => json!({"key": key}),
        };
        self.ask("sessions.patch", params).await
    }

    /// `sessions.reset`: starts the session afresh.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn sessions_reset(&self, key: &str) -> Result<SessionEntry, GatewayError> {
        self.ask("sessions.reset", json!({"key": key})).await
    }

    /// `sessions.delete`.
    ///
    /// # Errors
    /// Any [`GatewayError`]; [`crate::RpcErrorKind::MainSession`] for main sessions of new gateways,
    /// which keep them.
    pub async fn sessions_delete(&self, key: &str) -> Result<SessionDeleted, GatewayError> {
        self.ask("sessions.delete", json!({"key": key})).await
    }

    /// `sessions.subscribe`: asks for `sessions.changed` events on this connection. To be repeated
    /// after every [`crate::Signal::Up`].
    ///
    /// # Errors
    /// Any [`GatewayError`]; [`crate::RpcErrorKind::UnknownMethod`] before 2026.4.
    pub async fn sessions_subscribe(&self) -> Result<(), GatewayError> {
        self.ask::<IgnoredAny>("sessions.subscribe", json!({})).await.map(|_| ())
    }
}
