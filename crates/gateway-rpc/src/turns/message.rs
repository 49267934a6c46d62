//! A message of a session, as `session.message` and `chat.history` have it.

use serde::Deserialize;
use serde_json::Value;

use super::{
    CallTokens, ModelCall, ToolCall, ToolEnd, TurnFact, TurnNews, count, micros, milliseconds, tail, word,
};
use crate::limits::{PEER_NAME, TOOLS_AT_ONCE};
use crate::methods::{ChatMessage, nullable};
use crate::peer::cut;

/// The provider of messages that the gateway itself puts into a session.
const GATEWAY: &str = "openclaw";
/// What follows the key of a message in the key of its row.
const OF_USER: &str = ":user";

/// The `session.message` event.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct SessionMessage {
    session_key: String,
    session_id: Option<String>,
    message_id: Option<String>,
    #[serde(deserialize_with = "nullable")]
    message: ChatMessage,
}

impl SessionMessage {
    pub(super) fn news(self) -> Vec<TurnNews> {
        let row = Row::of(&self.message);
        let id = row.id.clone().or(self.message_id);
        row.facts(id.as_deref())
            .into_iter()
            .map(|fact| TurnNews {
                run: row.run.clone(),
                session: cut(&self.session_key, 2 * PEER_NAME).to_owned(),
                session_id: self.session_id.as_deref().map(|id| cut(id, PEER_NAME).to_owned()),
                at: row.at,
                heartbeat: None,
                fact,
            })
            .collect()
    }
}

/// A message, as far as it tells of its turn.
pub(super) struct Row<'a> {
    message: &'a ChatMessage,
    /// Its id within the session.
    pub(super) id: Option<String>,
    /// Its turn, where it is said.
    pub(super) run: Option<String>,
    /// When it was said.
    pub(super) at: Option<i64>,
}

impl<'a> Row<'a> {
    pub(super) fn of(message: &'a ChatMessage) -> Self {
        let marks = message.0.get("__openclaw");
        let mark = |name: &str| marks.and_then(|marks| marks.get(name)).and_then(Value::as_str);
        let key = message.0.get("idempotencyKey").and_then(Value::as_str).or_else(|| mark("idempotencyKey"));
        let run = mark("runId").or_else(|| key.and_then(|key| key.strip_suffix(OF_USER)));
        let owned = |text: &str| cut(text, 2 * PEER_NAME).to_owned();
        Self {
            message,
            id: mark("id").map(owned),
            run: run.map(owned).filter(|run| !run.is_empty()),
            at: milliseconds(message.0.get("timestamp").and_then(Value::as_f64)),
        }
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        word(self.message.0.get(name).and_then(Value::as_str).map(str::to_owned))
    }

    /// What it tells of its turn.
    pub(super) fn facts(&self, id: Option<&str>) -> Vec<TurnFact> {
        match self.message.role() {
            "user" if self.run.is_some() => vec![TurnFact::Asked],
            "assistant" => {
                let called = id.and_then(|id| self.call(id)).map(TurnFact::Called);
                called.into_iter().chain(self.tools()).collect()
            }
            "toolResult" => self.tool_end().map(TurnFact::ToolEnded).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Whether the gateway itself said it, and no model.
    fn is_gateways(&self) -> bool {
        self.text("provider").as_deref() == Some(GATEWAY)
    }

    fn call(&self, id: &str) -> Option<ModelCall> {
        if self.is_gateways() {
            return None;
        }
        let usage = self.message.0.get("usage")?;
        let tokens = |name: &str| count(usage.get(name).and_then(Value::as_f64));
        Some(ModelCall {
            id: cut(id, PEER_NAME).to_owned(),
            response_id: self.text("responseId"),
            provider: self.text("provider").unwrap_or_default(),
            model: self.text("model")?,
            tokens: CallTokens {
                input: tokens("input"),
                output: tokens("output"),
                cache_read: tokens("cacheRead"),
                cache_write: tokens("cacheWrite"),
            },
            cost_micros: micros(usage.pointer("/cost/total").and_then(Value::as_f64)),
        })
    }

    fn tools(&self) -> impl Iterator<Item = TurnFact> {
        let parts = self.message.0.get("content").and_then(Value::as_array).into_iter().flatten();
        let calls = parts.filter_map(|part| {
            let text = |name: &str| part.get(name).and_then(Value::as_str);
            let is_call = text("type") == Some("toolCall");
            is_call.then(|| ToolCall::new(text("id")?, text("name")?, part.get("arguments").cloned()))?
        });
        calls.take(TOOLS_AT_ONCE).map(TurnFact::ToolBegan)
    }

    fn tool_end(&self) -> Option<ToolEnd> {
        let id = self.message.0.get("toolCallId").and_then(Value::as_str).filter(|id| !id.is_empty())?;
        let text = self.message.text();
        Some(ToolEnd {
            id: cut(id, PEER_NAME).to_owned(),
            name: self.text("toolName"),
            failed: self.message.0.get("isError").and_then(Value::as_bool),
            output: (!text.is_empty()).then(|| tail(&text)),
            ..ToolEnd::default()
        })
    }
}
