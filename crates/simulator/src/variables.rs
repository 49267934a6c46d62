//! `${NAME}` in the config file: a gateway works with the value, and keeps the reference when it writes the file.

use std::collections::BTreeMap;

use serde_json::Value;

/// The values of the variables, by name.
pub(crate) type Variables = BTreeMap<String, String>;

/// The config with values in the place of references.
pub(crate) fn resolve(config: &Value, variables: &Variables) -> Value {
    match config {
        Value::String(text) => Value::String(resolve_text(text, variables)),
        Value::Array(items) => items.iter().map(|item| resolve(item, variables)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(key, value)| (key.clone(), resolve(value, variables))).collect()
        }
        other => other.clone(),
    }
}

/// The config to write: as `new`, with the references of the file `old` where their values are unchanged.
pub(crate) fn restore(new: &Value, old: &Value, variables: &Variables) -> Value {
    match (new, old) {
        (Value::String(text), Value::String(reference)) if resolve_text(reference, variables) == *text => {
            old.clone()
        }
        (Value::Object(fields), Value::Object(before)) => fields
            .iter()
            .map(|(key, value)| {
                let before = before.get(key).unwrap_or(&Value::Null);
                (key.clone(), restore(value, before, variables))
            })
            .collect(),
        (Value::Array(items), Value::Array(before)) => {
            let same =
                |item: &Value, other: &Value| item.get("id").is_some() && item.get("id") == other.get("id");
            let restored = items.iter().enumerate().map(|(index, item)| {
                let known = before.iter().find(|other| same(item, other)).or(before.get(index));
                restore(item, known.unwrap_or(&Value::Null), variables)
            });
            restored.collect()
        }
        (new, _) => new.clone(),
    }
}

fn resolve_text(text: &str, variables: &Variables) -> String {
    variables.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("${{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reference_is_kept_until_its_value_changes() {
        let variables = Variables::from([("EVERY".to_owned(), "30m".to_owned())]);
        let file = json!({"list": [{"id": "a", "every": "${EVERY}"}, {"id": "b", "path": "/x/${EVERY}"}]});
        let mut config = resolve(&file, &variables);
        assert_eq!(config["list"][1]["path"], "/x/30m");
        assert_eq!(restore(&config, &file, &variables), file);
        config["list"][0]["every"] = json!("1h");
        let written = restore(&config, &file, &variables);
        assert_eq!((&written["list"][0]["every"], &written["list"][1]), (&json!("1h"), &file["list"][1]));
    }
}
