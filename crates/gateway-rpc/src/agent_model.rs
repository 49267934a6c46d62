//! What an agent thinks with, as its entry of the configuration has it.

use serde_json::{Value, json};

/// How much an agent thinks unless somebody says otherwise, in its entry.
pub(crate) const THINKING: &str = "thinkingDefault";

/// What an agent thinks with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgentModel {
    /// `provider/name`.
    pub primary: String,
    /// Models that are tried in their order when it fails.
    pub fallbacks: Vec<String>,
}

impl AgentModel {
    /// An agent's `model`, which is a text or `{primary, fallbacks}`.
    pub fn read(setting: &Value) -> Option<Self> {
        if let Some(primary) = setting.as_str() {
            return Some(Self { primary: primary.to_owned(), fallbacks: Vec::new() });
        }
        let primary = setting.get("primary")?.as_str()?.to_owned();
        let fallbacks = setting.get("fallbacks").and_then(Value::as_array).into_iter().flatten();
        let fallbacks = fallbacks.filter_map(|name| name.as_str().map(str::to_owned)).collect();
        Some(Self { primary, fallbacks })
    }

    pub(crate) fn write(&self) -> Value {
        match self.fallbacks.is_empty() {
            // A list that is there, though it is empty, has to be taken out by its name.
            true => json!(self.primary),
            false => json!({ "primary": self.primary, "fallbacks": self.fallbacks }),
        }
    }
}
