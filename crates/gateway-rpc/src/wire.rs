//! The frames as they are on the wire, read leniently.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{limits, peer};

/// Any frame a gateway sends.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Frame {
    #[serde(rename = "type", default)]
    pub(crate) kind: Option<String>,
    #[serde(default)]
    pub(crate) id: Option<String>,
    #[serde(default)]
    pub(crate) ok: Option<bool>,
    #[serde(default)]
    pub(crate) payload: Option<Value>,
    #[serde(default)]
    pub(crate) result: Option<Value>,
    #[serde(default)]
    pub(crate) error: Option<WireError>,
    #[serde(default)]
    pub(crate) event: Option<String>,
    #[serde(default)]
    pub(crate) seq: Option<u64>,
}

/// The error of a response.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct WireError {
    #[serde(deserialize_with = "code")]
    pub(crate) code: String,
    #[serde(deserialize_with = "message")]
    pub(crate) message: String,
    #[serde(deserialize_with = "details")]
    pub(crate) details: Option<Value>,
    pub(crate) retryable: Option<bool>,
    pub(crate) retry_after_ms: Option<u64>,
}

impl WireError {
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.retry_after_ms.map(peer::wish)
    }
}

impl Frame {
    /// The frame of a text, or nothing when it is none: a peer may send what it likes.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut frame: Self = serde_json::from_str(&peer::without_nul(text)).ok()?;
        if frame.is_event()
            && text.len() > limits::EVENT
            && let Some(payload) = &mut frame.payload
        {
            peer::EVENT_KEEPS.fit(payload);
        }
        Some(frame)
    }

    pub(crate) fn is_event(&self) -> bool {
        self.kind.as_deref() == Some("event")
    }

    /// The answer in a response frame. An answer without `ok` counts as good unless it has an error.
    pub(crate) fn into_answer(self) -> Result<Value, WireError> {
        match (self.ok, self.error) {
            (Some(false), error) => Err(error.unwrap_or_default()),
            (None, Some(error)) => Err(error),
            _ => Ok(self.payload.or(self.result).unwrap_or(Value::Null)),
        }
    }
}

/// The text of a request frame.
pub(crate) fn request(id: &str, method: &str, params: &Value) -> String {
    json!({"type": "req", "id": id, "method": method, "params": params}).to_string()
}

fn code<'de, D: serde::Deserializer<'de>>(source: D) -> Result<String, D::Error> {
    Ok(peer::cut(&loose_text(source)?, limits::PEER_WORD).to_owned())
}

fn message<'de, D: serde::Deserializer<'de>>(source: D) -> Result<String, D::Error> {
    Ok(peer::message(&loose_text(source)?))
}

fn details<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Option<Value>, D::Error> {
    Ok(Option::deserialize(source)?.map(peer::details))
}

/// A text, a number as text, or nothing.
fn loose_text<'de, D: serde::Deserializer<'de>>(source: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(source)? {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    })
}
