//! The `agent` method, which answers twice.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use tokio::time::Instant;
use uuid::Uuid;

use super::{ChatSent, RunStatus, said};
use crate::client::encode;
use crate::session::{Answer, Waiting};
use crate::{Client, GatewayError};

/// The method.
const METHOD: &str = "agent";

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
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TurnEnd {
    /// Whether it went well.
    pub status: RunStatus,
    /// The gateway's summary.
    pub summary: Option<String>,
    /// What came of it, as the gateway has it.
    pub result: Value,
}

impl From<Value> for TurnEnd {
    fn from(answer: Value) -> Self {
        Self {
            status: said(&answer, "status"),
            summary: said(&answer, "summary"),
            result: said(&answer, "result"),
        }
    }
}

impl AgentRun {
    /// Waits for the end of the turn. When the connection breaks meanwhile, the turn may go on:
    /// ask with [`super::AwaitRun`].
    ///
    /// # Errors
    /// Any [`GatewayError`].
    pub async fn finish(self, within: Duration) -> Result<TurnEnd, GatewayError> {
        let deadline = Instant::now() + within;
        self.client.receive(METHOD, self.end, deadline, within).await.map(TurnEnd::from)
    }
}

impl Client {
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
        let place = self.send(METHOD, encode(METHOD, turn)?, waiting, deadline).await?;
        let accepted = ChatSent::from(self.receive(METHOD, accepted, deadline, within).await?);
        let run_id = accepted.run_id.unwrap_or_else(|| turn.idempotency_key.clone());
        Ok(AgentRun { run_id, end, client: self.clone(), _place: place })
    }
}
