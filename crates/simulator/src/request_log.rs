//! What clients asked, in order, for assertions.

use serde_json::Value;

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Not answered, or not yet.
    Pending,
    /// Answered with a payload.
    Ok,
    /// Answered with an error of this message.
    Error(String),
}

/// One request that reached the gateway, `connect` included. Tokens and signatures are as sent.
#[derive(Debug, Clone)]
pub struct RecordedRequest {
    /// The method.
    pub method: String,
    /// Its parameters.
    pub params: Value,
    /// What became of it.
    pub outcome: Outcome,
}

impl RecordedRequest {
    /// A string parameter.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.params.get(name).and_then(Value::as_str)
    }
}
