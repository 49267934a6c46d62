//! `sessions.*`.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{nullable, rows, said};
use crate::Request;

/// `sessions.list`: asks for one page of the sessions. New gateways give 100 unless a limit says otherwise. Nothing is sent
/// for a field that is `None`.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListSessions<'a> {
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
    pub agent_id: Option<&'a str>,
    /// Only those matching a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<&'a str>,
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
    #[serde(deserialize_with = "rows")]
    pub sessions: Vec<Session>,
}

/// The key of an agent's main session.
pub fn main_session_of(agent_id: &str) -> String {
    format!("agent:{agent_id}:main")
}

/// The agent of a session with this key, when it is of the form `agent:<id>:…`.
pub fn agent_of_session(key: &str) -> Option<&str> {
    key.strip_prefix("agent:")?.split(':').next().filter(|id| !id.is_empty())
}

/// One session, as the gateway describes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Session(pub Map<String, Value>);

impl Session {
    /// Its key, such as `agent:<id>:main`.
    pub fn key(&self) -> &str {
        self.0.get("key").and_then(Value::as_str).unwrap_or_default()
    }

    /// The agent of a session whose key is `agent:<id>:…`.
    pub fn agent_id(&self) -> Option<&str> {
        agent_of_session(self.key())
    }

    /// Last change, milliseconds since 1970.
    pub fn updated_at(&self) -> Option<f64> {
        self.0.get("updatedAt").and_then(Value::as_f64)
    }

    /// Whether a turn runs in it; only new gateways say so.
    pub fn has_active_run(&self) -> bool {
        self.0.get("hasActiveRun").and_then(Value::as_bool) == Some(true)
    }
}

impl From<Session> for Value {
    fn from(session: Session) -> Self {
        Self::Object(session.0)
    }
}

/// `sessions.patch`: makes sure that a session exists and, when given, sets its label.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct PatchSession<'a> {
    /// The session.
    pub key: &'a str,
    /// The label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<&'a str>,
}

/// `sessions.reset`: starts a session afresh.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ResetSession<'a> {
    /// The session.
    pub key: &'a str,
}

/// A session as changed.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(from = "Value")]
pub struct SessionEntry {
    /// What the gateway keeps of it; `null` where it does not say.
    pub entry: Value,
}

impl From<Value> for SessionEntry {
    fn from(answer: Value) -> Self {
        Self { entry: said(&answer, "entry") }
    }
}

/// `sessions.delete`: removes a session; [`crate::RpcErrorKind::MainSession`] for main sessions of new gateways, which keep
/// them.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct DeleteSession<'a> {
    /// The session.
    pub key: &'a str,
}

/// `sessions.subscribe`: asks for `sessions.changed` events on this connection, to be repeated after every
/// [`crate::Signal::Up`]; [`crate::RpcErrorKind::UnknownMethod`] before 2026.4.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct SubscribeSessions {}

/// `sessions.messages.subscribe`: asks for everything of one session on this connection (its messages with what they used, and
/// the turns of its heartbeats), to be repeated after every [`crate::Signal::Up`]; [`crate::RpcErrorKind::UnknownMethod`]
/// before 2026.4, where every operator is told everything.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct SubscribeMessages<'a> {
    /// The session.
    pub key: &'a str,
}

impl Request for SubscribeMessages<'_> {
    const METHOD: &'static str = "sessions.messages.subscribe";
    type Answer = IgnoredAny;
}

impl Request for ListSessions<'_> {
    const METHOD: &'static str = "sessions.list";
    type Answer = SessionList;
}

impl Request for PatchSession<'_> {
    const METHOD: &'static str = "sessions.patch";
    type Answer = SessionEntry;
}

impl Request for ResetSession<'_> {
    const METHOD: &'static str = "sessions.reset";
    type Answer = IgnoredAny;
}

impl Request for DeleteSession<'_> {
    const METHOD: &'static str = "sessions.delete";
    type Answer = IgnoredAny;
}

impl Request for SubscribeSessions {
    const METHOD: &'static str = "sessions.subscribe";
    type Answer = IgnoredAny;
}
