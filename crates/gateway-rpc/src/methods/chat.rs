//! `chat.*`: what is said in sessions, and what becomes of it.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{rows, said};
use crate::Request;

/// `chat.send`: hands a message to a session's agent; answered at once. The turn is told by `chat` events ([`ChatEvent`](crate::ChatEvent)) and
/// by [`AwaitRun`]. After an error that leaves open whether it was delivered, send the same value again: its key keeps it
/// from being delivered twice.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SendMessage {
    /// The session, such as `agent:<id>:main`.
    pub session_key: String,
    /// The text.
    pub message: String,
    /// Names this message: sent again with the same key, it is not delivered twice.
    pub idempotency_key: String,
    /// Whether the answer also goes out to the session's channel.
    pub deliver: bool,
    /// The thinking level of this turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thinking: Option<String>,
    /// How long the turn may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<u64>,
}

impl SendMessage {
    /// A message with a fresh idempotency key. Keep the value to be able to send it again.
    pub fn new(session_key: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            session_key: session_key.into(),
            message: message.into(),
            idempotency_key: Uuid::new_v4().to_string(),
            deliver: false,
            thinking: None,
            timeout_ms: None,
        }
    }

    /// The run that it started, which is its key unless the gateway says otherwise.
    pub fn run(&self, sent: ChatSent) -> String {
        sent.run_id.unwrap_or_else(|| self.idempotency_key.clone())
    }
}

/// A message taken by the gateway.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Value")]
pub struct ChatSent {
    /// The run it started, where the gateway says it; see [`SendMessage::run`].
    pub run_id: Option<String>,
}

impl From<Value> for ChatSent {
    fn from(answer: Value) -> Self {
        let run_id: Option<String> = said(&answer, "runId");
        Self { run_id: run_id.filter(|id| !id.is_empty()) }
    }
}

/// `chat.abort`: stops one run of a session, or all.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AbortChat<'a> {
    /// The session.
    pub session_key: &'a str,
    /// The run; all of them when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_id: Option<&'a str>,
}

/// What was stopped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Value")]
pub struct Aborted {
    /// The runs that were stopped; none when nothing ran.
    pub run_ids: Vec<String>,
}

impl From<Value> for Aborted {
    fn from(answer: Value) -> Self {
        Self { run_ids: said(&answer, "runIds") }
    }
}

/// `chat.history`: asks for the last messages of a session.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReadHistory<'a> {
    /// The session.
    pub session_key: &'a str,
    /// How many messages at most; no gateway goes further back than 1,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// What was said in a session.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ChatHistory {
    /// The session.
    pub session_key: Option<String>,
    /// The id of its transcript.
    pub session_id: Option<String>,
    /// The messages, oldest first.
    #[serde(deserialize_with = "rows")]
    pub messages: Vec<ChatMessage>,
}

/// One message, as the gateway has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChatMessage(pub Map<String, Value>);

impl ChatMessage {
    /// `user`, `assistant`, `toolResult` …
    pub fn role(&self) -> &str {
        self.0.get("role").and_then(Value::as_str).unwrap_or_default()
    }

    /// Whether any part of it contains `text`.
    pub fn mentions(&self, text: &str) -> bool {
        let within = |value: &Value| match value {
            Value::String(said) => said.contains(text),
            other => other.to_string().contains(text),
        };
        self.0.values().any(within)
    }

    /// The text of the message, without tool calls and other parts.
    pub fn text(&self) -> String {
        match self.0.get("content") {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Array(parts)) => {
                let texts = parts.iter().filter_map(|part| part.get("text").and_then(Value::as_str));
                texts.collect::<Vec<_>>().join("\n")
            }
            _ => String::new(),
        }
    }
}

/// `agent.wait`: waits up to `timeout_ms` for the end of a run. One that goes on is [`RunStatus::Timeout`] and no error.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AwaitRun<'a> {
    /// The run.
    pub run_id: &'a str,
    /// How long to wait, in milliseconds.
    pub timeout_ms: u64,
}

/// How a run stands.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RunEnd {
    /// The run.
    pub run_id: String,
    /// Whether it ended, and how.
    pub status: RunStatus,
    /// Why it failed.
    pub error: Option<String>,
}

/// Whether a run ended, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RunStatus {
    /// It ended well.
    Ok,
    /// It failed.
    Error,
    /// It goes on, or nothing is known of it.
    Timeout,
    /// Something else.
    #[default]
    #[serde(other)]
    Other,
}

/// Errors that say nothing of the message that a turn was for: the gateway dropped the turn for a new configuration, or
/// another turn wrote to its session before this one had begun.
const DROPPED: [&str; 3] = ["superseded", "SessionTakeover", "session file changed while"];

/// Whether a turn that ended in this error was dropped by its gateway, so that its message may be sent again.
pub fn is_dropped(error: &str) -> bool {
    DROPPED.iter().any(|dropped| error.contains(dropped))
}

impl Request for SendMessage {
    const METHOD: &'static str = "chat.send";
    type Answer = ChatSent;
}

impl Request for AbortChat<'_> {
    const METHOD: &'static str = "chat.abort";
    type Answer = Aborted;
}

impl Request for ReadHistory<'_> {
    const METHOD: &'static str = "chat.history";
    type Answer = ChatHistory;
}

impl Request for AwaitRun<'_> {
    const METHOD: &'static str = "agent.wait";
    type Answer = RunEnd;

    fn patience(&self, usually: Duration) -> Duration {
        usually + Duration::from_millis(self.timeout_ms)
    }
}
