//! What callers give, brought into shape.

use mission_control_core::id::{AgentId, BoardId};
use serde_json::{Map, Value};

/// A new agent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewAgent {
    /// Its board; a lead's own board is taken instead of what it asks for.
    pub board_id: Option<BoardId>,
    /// Name.
    pub name: String,
    /// It leads its board, which has no lead yet.
    pub is_board_lead: bool,
    /// Heartbeat settings; the default ones when none are given.
    pub heartbeat_config: Option<Value>,
    /// Role, style and further traits.
    pub identity_profile: Option<Value>,
    /// Template that replaces the built-in IDENTITY.
    pub identity_template: Option<String>,
    /// Template that replaces the built-in SOUL.
    pub soul_template: Option<String>,
}

/// Who creates an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreatedBy {
    /// A person, or the product.
    User,
    /// The lead of a board: for its own board, and only as many as the board allows.
    Lead(AgentId),
}

/// Changes to an agent; `None` leaves a field alone, `Some(None)` empties it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AgentPatch {
    /// Another board.
    pub board_id: Option<Option<BoardId>>,
    /// Make it its gateway's main agent, or a board's agent again.
    pub is_gateway_main: Option<bool>,
    /// Another name.
    pub name: Option<String>,
    /// Only `ready`: everything else follows from heartbeats.
    pub status: Option<String>,
    /// Other heartbeat settings.
    pub heartbeat_config: Option<Option<Value>>,
    /// Another profile.
    pub identity_profile: Option<Option<Value>>,
    /// Another IDENTITY template.
    pub identity_template: Option<Option<String>>,
    /// Another SOUL template.
    pub soul_template: Option<Option<String>>,
}

impl AgentPatch {
    /// Nothing is to change.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A profile with trimmed texts: lists joined by commas, blanks left out, nothing when nothing is left.
pub fn normalize_profile(profile: &Value) -> Option<Value> {
    let mut normal = Map::new();
    for (key, value) in profile.as_object()? {
        let key = key.trim();
        if let Some(text) = plain(value)
            && !key.is_empty()
        {
            normal.insert(key.to_owned(), Value::String(text));
        }
    }
    (!normal.is_empty()).then_some(Value::Object(normal))
}

/// A template without surrounding blanks; nothing when it is blank.
pub fn normalize_template(template: Option<String>) -> Option<String> {
    let template = template?;
    let trimmed = template.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.trim().to_owned(),
        Value::Array(items) => items.iter().filter_map(plain).collect::<Vec<_>>().join(", "),
        // As clients in Python write them.
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        other => other.to_string(),
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_profile_keeps_trimmed_texts_only() {
        let profile =
            json!({"role": " Dev ", "skills": ["rust", " sql ", ""], "empty": " ", "n": 5, "none": null});
        assert_eq!(
            normalize_profile(&profile),
            Some(json!({"role": "Dev", "skills": "rust, sql", "n": "5"}))
        );
        assert_eq!(normalize_profile(&json!({"a": " "})), None);
        assert_eq!(normalize_profile(&json!("x")), None);
    }

    #[test]
    fn a_blank_template_is_none() {
        assert_eq!(normalize_template(Some("  ".to_owned())), None);
        assert_eq!(normalize_template(Some(" x ".to_owned())), Some("x".to_owned()));
    }
}
