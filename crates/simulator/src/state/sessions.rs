//! Sessions with their messages, and the runs in them.

use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::clock::now_ms;
use crate::config_shape::MAIN_AGENT;

/// Who seems to run the model of simulated agents.
pub(crate) const PROVIDER: &str = "simulated";
/// The model of simulated agents.
pub(crate) const MODEL: &str = "simulated-1";

/// A conversation with an agent.
#[derive(Debug, Clone)]
pub struct Session {
    /// `agent:<id>:main`, or another name after the second colon.
    pub key: String,
    /// The agent of the key.
    pub agent_id: String,
    /// Changes when the session is reset.
    pub session_id: String,
    /// Display label, if one was set.
    pub label: Option<String>,
    /// Time of the last change, milliseconds since 1970.
    pub updated_at_ms: u64,
    /// The messages, oldest first, as `chat.history` gives them.
    pub messages: Vec<Value>,
    pub(crate) model: Option<String>,
}

impl Session {
    pub(crate) fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            agent_id: Self::agent_of(key).to_owned(),
            session_id: Uuid::new_v4().to_string(),
            label: None,
            updated_at_ms: now_ms(),
            messages: Vec::new(),
            model: None,
        }
    }

    /// The key of an agent's main session.
    pub fn main_key(agent_id: &str) -> String {
        format!("agent:{agent_id}:main")
    }

    /// The full key of what a client sent: a bare name is a session of the main agent.
    pub(crate) fn full_key(key: &str) -> String {
        if key.starts_with("agent:") { key.to_owned() } else { format!("agent:{MAIN_AGENT}:{key}") }
    }

    /// The agent that a key belongs to.
    pub(crate) fn agent_of(key: &str) -> &str {
        key.strip_prefix("agent:").and_then(|rest| rest.split(':').next()).unwrap_or(MAIN_AGENT)
    }

    pub(crate) fn is_main(&self) -> bool {
        self.key == Self::main_key(&self.agent_id)
    }

    /// Adds a message of `user` or `assistant`.
    pub(crate) fn say(&mut self, role: &str, text: &str) -> Value {
        let mut message = json!({
            "role": role,
            "content": [{"type": "text", "text": text}],
            "timestamp": now_ms(),
        });
        if role == "assistant"
            && let Some(object) = message.as_object_mut()
        {
            object.insert("usage".to_owned(), self.usage_of(text));
        }
        self.updated_at_ms = now_ms();
        self.messages.push(message.clone());
        message
    }

    /// Adds an answer of a turn, told as releases do that name the turn and what was used.
    pub(crate) fn answer(&mut self, text: &str, run_id: &str) -> Value {
        let mut message = self.say("assistant", text);
        if let Some(object) = message.as_object_mut() {
            object.insert("provider".to_owned(), json!(PROVIDER));
            object.insert("model".to_owned(), json!(MODEL));
            object.insert("stopReason".to_owned(), json!("stop"));
            object.insert("__openclaw".to_owned(), json!({"id": Uuid::new_v4(), "runId": run_id}));
        }
        if let Some(last) = self.messages.last_mut() {
            last.clone_from(&message);
        }
        message
    }

    fn usage_of(&self, text: &str) -> Value {
        let input = 400 * (1 + self.messages.len() as u64);
        let output = 1 + text.len() as u64 / 4;
        let cost = input as f64 * 1e-6 + output as f64 * 2e-6;
        json!({"input": input, "output": output, "totalTokens": input + output, "cost": {"total": cost}})
    }

    /// The usage of each answer, with its time.
    pub(crate) fn usages(&self) -> impl Iterator<Item = (&Value, &Value)> {
        self.messages.iter().filter_map(|message| Some((message.get("timestamp")?, message.get("usage")?)))
    }

    /// Tokens of one kind over all answers: `input`, `output` or `totalTokens`.
    pub(crate) fn tokens(&self, kind: &str) -> u64 {
        self.usages().filter_map(|(_, usage)| usage.get(kind)?.as_u64()).sum()
    }

    /// Cost of all answers in US dollars.
    pub(crate) fn cost(&self) -> f64 {
        self.usages().filter_map(|(_, usage)| usage.pointer("/cost/total")?.as_f64()).sum()
    }
}

/// A run that `chat.send` started, by its idempotency key.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) session_key: String,
    pub(crate) status: RunStatus,
    pub(crate) ended_at_ms: Option<u64>,
    pub(crate) abort: CancellationToken,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RunStatus {
    Running,
    Ok,
    Aborted,
    Error(String),
}

/// A turn of an agent and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Whose turn.
    pub agent_id: String,
    /// What started it.
    pub cause: TurnCause,
    /// How it ended.
    pub outcome: TurnOutcome,
}

/// What started a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnCause {
    /// A message in a session.
    Chat,
    /// The heartbeat interval or a `wake`.
    Heartbeat,
}

/// How a turn ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TurnOutcome {
    /// The check-in was accepted.
    CheckedIn,
    /// The check-in was answered with this status.
    Refused(u16),
    /// The check-in got no answer.
    Unreachable,
    /// The workspace files hold no address or no token.
    NoCredentials,
    /// The agent does not check in.
    Silent,
    /// It ended with an injected error.
    Failed,
    /// A client aborted it, or the gateway restarted.
    Aborted,
    /// The wake was accepted and never ran.
    Lost,
}
