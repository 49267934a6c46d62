//! Frames on the wire: requests, answers, events, errors.

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A request of a client.
#[derive(Debug, Deserialize)]
pub(crate) struct Request {
    pub(crate) id: String,
    pub(crate) method: String,
    #[serde(default)]
    pub(crate) params: Value,
}

/// Reads a client's text. `None`: not JSON, to be ignored. `Err`: JSON of the wrong shape.
pub(crate) fn parse_request(text: &str) -> Option<Result<Request, RpcError>> {
    let value: Value = serde_json::from_str(text).ok()?;
    if value.get("type").and_then(Value::as_str) != Some("req") {
        return Some(Err(RpcError::invalid("invalid request frame")));
    }
    let request = serde_json::from_value::<Request>(value).ok().filter(|request| !request.id.is_empty());
    Some(request.ok_or_else(|| RpcError::invalid("invalid request frame")))
}

/// The error part of an answer.
#[derive(Debug, Clone)]
pub(crate) struct RpcError {
    pub(crate) code: String,
    pub(crate) message: String,
    details: Option<Value>,
    retry_after_ms: Option<u64>,
}

impl RpcError {
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), details: None, retry_after_ms: None }
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new("INVALID_REQUEST", message)
    }

    pub(crate) fn with_details(mut self, details: Value) -> Self {
        self.details = Some(details);
        self
    }

    pub(crate) fn retry_after(mut self, ms: u64) -> Self {
        self.retry_after_ms = Some(ms);
        self
    }

    fn to_json(&self) -> Value {
        let mut error = Map::new();
        error.insert("code".to_owned(), json!(self.code));
        error.insert("message".to_owned(), json!(self.message));
        if let Some(details) = &self.details {
            error.insert("details".to_owned(), details.clone());
        }
        if let Some(ms) = self.retry_after_ms {
            error.insert("retryable".to_owned(), json!(true));
            error.insert("retryAfterMs".to_owned(), json!(ms));
        }
        Value::Object(error)
    }
}

/// The text of an answer.
pub(crate) fn response(id: &str, result: &Result<Value, RpcError>) -> String {
    match result {
        Ok(payload) => json!({"type": "res", "id": id, "ok": true, "payload": payload}),
        Err(error) => json!({"type": "res", "id": id, "ok": false, "error": error.to_json()}),
    }
    .to_string()
}

/// Something the gateway tells its clients.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) name: &'static str,
    pub(crate) payload: Value,
    /// Scope a client needs to be told, if any.
    pub(crate) scope: Option<&'static str>,
}

impl Event {
    pub(crate) fn new(name: &'static str, payload: Value) -> Self {
        Self { name, payload, scope: None }
    }

    pub(crate) fn scoped(name: &'static str, payload: Value, scope: &'static str) -> Self {
        Self { name, payload, scope: Some(scope) }
    }

    /// The text of the event, with the connection's own sequence number.
    pub(crate) fn to_text(&self, seq: u64) -> String {
        json!({"type": "event", "event": self.name, "payload": self.payload, "seq": seq}).to_string()
    }
}
