//! `chat.*`, and the `agent` method, which answers twice.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use tokio::time::Instant;
use uuid::Uuid;

use super::nullable;
use crate::client::{decode, encode};
use crate::session::{Answer, Waiting};
use crate::{Client, GatewayError};

/// A message for a session.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChatMessageToSend {
    /// The session, such as `agent:<id>:main`.
    pub session_key: String,
    /// The text.
    pub message: String,
    /// Names this message: sent again with the same key, it is not delivered twice.
    pub idempotency_key: String,
    /// Whether the answer also goes out to the session's channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deliver: Option<bool>,
    /// The thinking level of this turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thinking: Option<String>,
    /// How long the turn may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<u64>,
}

impl ChatMessageToSend {
    /// A message with a fresh idempotency key. Keep the value to be able to send it again.
    pub fn new(session_key: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            session_key: session_key.into(),
            message: message.into(),
            idempotency_key: Uuid::new_v4().to_string(),
            deliver: None,
            thinking: None,
            timeout_ms: None,
        }
    }
}

/// A message taken by the gateway.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ChatSent {
    /// The run it started: its idempotency key.
    pub run_id: String,
    /// `started`, or `in_flight` when it was sent before.
    pub status: String,
}

/// Runs that were stopped.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ChatAborted {
    /// Whether there was anything to stop.
    pub aborted: bool,
    /// The stopped runs.
    #[serde(deserialize_with = "nullable")]
    pub run_ids: Vec<String>,
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
    #[serde(deserialize_with = "nullable")]
    pub messages: Vec<ChatMessage>,
}

/// One message. Fields not named here are in `rest`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChatMessage {
    /// `user`, `assistant`, `toolResult` …
    pub role: String,
    /// A text, or a list of parts.
    pub content: Value,
    /// Everything else the gateway says of it.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

impl ChatMessage {
    /// The text of the message, without tool calls and other parts.
    pub fn text(&self) -> String {
        match &self.content {
            Value::String(text) => text.clone(),
            Value::Array(parts) => {
                let texts = parts.iter().filter_map(|part| part.get("text").and_then(Value::as_str));
                texts.collect::<Vec<_>>().join("\n")
            }
            _ => String::new(),
        }
    }
}

/// The `chat` event: a turn's progress.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ChatEvent {
    /// The run.
    pub run_id: String,
    /// Its session.
    pub session_key: String,
    /// Its agent; new gateways only.
    pub agent_id: Option<String>,
    /// `delta`, `status`, and at the end `final`, `aborted` or `error`.
    pub state: String,
    /// What was said.
    pub message: Option<ChatMessage>,
    /// Why it failed.
    pub error_message: Option<String>,
}

impl ChatEvent {
    /// Whether the turn is over.
    pub fn is_end(&self) -> bool {
        matches!(self.state.as_str(), "final" | "aborted" | "error")
    }
}

/// How a run stands, from `agent.wait`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RunEnd {
    /// The run.
    pub run_id: String,
    /// `ok`, `error`, or `timeout` when it still runs.
    pub status: String,
    /// Why it failed.
    pub error: Option<String>,
}

/// A turn to run with the `agent` method.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentTurn {
    /// The session.
    pub session_key: String,
    /// The text.
    pub message: String,
    /// Names this turn: sent again with the same key, it is not run twice.
    pub idempotency_key: String,
}

impl AgentTurn {
    /// A turn with a fresh idempotency key.
    pub fn new(session_key: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            session_key: session_key.into(),
            message: message.into(),
            idempotency_key: Uuid::new_v4().to_string(),
        }
    }
}

/// A turn the gateway has accepted; its end is still to come.
#[derive(Debug)]
pub struct AgentRun {
    /// The run.
    pub run_id: String,
    end: oneshot::Receiver<Answer>,
    client: Client,
    _place: OwnedSemaphorePermit,
}

/// The end of a turn.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TurnEnd {
    /// The run.
    pub run_id: String,
    /// `ok` or `error`.
    pub status: String,
    /// The gateway's summary.
    pub summary: Option<String>,
    /// What came of it, as the gateway has it.
    pub result: Value,
}

impl AgentRun {
    /// Waits for the end of the turn. When the connection breaks meanwhile, the turn may go on:
    /// ask with [`Client::agent_wait`].
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn finish(self, within: Duration) -> Result<TurnEnd, GatewayError> {
        let deadline = Instant::now() + within;
        let answer = self.client.receive("agent", self.end, deadline, within).await?;
        decode("agent", answer)
    }
}

/// `chat.*`, `agent` and `agent.wait`
impl Client {
    /// `chat.send`: hands a message to a session's agent and returns at once; the turn is told by
    /// `chat` events ([`ChatEvent`]) and by [`Client::agent_wait`].
    ///
    /// # Errors
    /// Any [`GatewayError`]. After one that leaves open whether it was delivered, send the same value again:
    /// its key keeps it from being delivered twice.
    pub async fn chat_send(&self, message: &ChatMessageToSend) -> Result<ChatSent, GatewayError> {
        self.ask("chat.send", message).await
    }

    /// `chat.abort`: stops one run of a session, or all.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn chat_abort(
        &self,
        session_key: &str,
        run_id: Option<&str>,
    ) -> Result<ChatAborted, GatewayError> {
        let params = match run_id {
            Some(run_id) => json!({"sessionKey": session_key, "runId": run_id}),
            None => json!({"sessionKey": session_key}),
        };
        self.ask("chat.abort", params).await
    }

    /// `chat.history`: the last messages of a session.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn chat_history(
        &self,
        session_key: &str,
        limit: Option<u32>,
    ) -> Result<ChatHistory, GatewayError> {
        let params = match limit {
            Some(limit) => json!({"sessionKey": session_key, "limit": limit}),
            None => json!({"sessionKey": session_key}),
        };
        self.ask("chat.history", params).await
    }

    /// `agent`: starts a turn. This method answers twice; the value returned stands for the second answer.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn agent(&self, turn: &AgentTurn) -> Result<AgentRun, GatewayError> {
        let within = self.timing().call;
        let deadline = Instant::now() + within;
        let (first, accepted) = oneshot::channel();
        let (last, end) = oneshot::channel();
        let waiting = Waiting { first: Some(first), last: Some(last) };
        let place = self.send("agent", encode("agent", turn)?, waiting, deadline).await?;
        let accepted: TurnEnd = decode("agent", self.receive("agent", accepted, deadline, within).await?)?;
        Ok(AgentRun { run_id: accepted.run_id, end, client: self.clone(), _place: place })
    }

    /// `agent.wait`: waits up to `at_most` for the end of a run. A run still going is status `timeout`, no error.
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn agent_wait(&self, run_id: &str, at_most: Duration) -> Result<RunEnd, GatewayError> {
        let millis = u64::try_from(at_most.as_millis()).unwrap_or(u64::MAX);
        let params = json!({"runId": run_id, "timeoutMs": millis});
        self.ask_within("agent.wait", params, at_most + self.timing().call).await
    }
}
