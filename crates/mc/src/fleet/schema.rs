//! The JSON schema of the file, for editors and for programs that write such files.

use serde_json::{Map, Value, json};

use super::kind::{Field, Kind, Shape};
use super::kinds::KINDS;
use super::things::FORM;
use crate::json::{at, with};

/// Where the schema is published, for `# yaml-language-server: $schema=…`.
const ADDRESS: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/raw/main/docs/fleet.schema.json");

/// The schema, in the dialect of 2020-12.
pub(crate) fn schema() -> Value {
    let mut sections = Map::from_iter([("version".to_owned(), json!({"const": FORM}))]);
    for kind in KINDS {
        let list = json!({"type": "array", "description": kind.about, "items": of_kind(kind)});
        sections.insert(kind.section.to_owned(), list);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ADDRESS,
        "title": "A fleet of Mission Control",
        "type": "object",
        "required": ["version"],
        "additionalProperties": false,
        "properties": sections,
    })
}

fn of_kind(kind: &Kind) -> Value {
    let fields: Map<String, Value> =
        kind.fields.iter().map(|field| (field.name.to_owned(), of_field(field))).collect();
    let required: Vec<_> =
        kind.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    json!({"type": "object", "required": required, "additionalProperties": false, "properties": fields})
}

fn of_field(field: &Field) -> Value {
    let schema = match field.shape {
        Shape::Text | Shape::Moment | Shape::One(_) => json!({"type": "string"}),
        Shape::Word(words) => json!({"type": "string", "enum": words}),
        Shape::Whole => json!({"type": "integer", "minimum": 0}),
        Shape::Flag => json!({"type": "boolean"}),
        Shape::Object => json!({"type": "object"}),
        Shape::Any => json!({}),
        Shape::Secret => json!({"type": "string", "pattern": r"^(\$\{[A-Za-z_][A-Za-z0-9_]*\}|file:.+)$"}),
        Shape::Many(_) => json!({"type": "array", "items": {"type": "string"}}),
    };
    let schema = match at(&schema, "type").clone() {
        Value::String(name) if field.nullable => with(schema, "type", json!([name, "null"])),
        _ => schema,
    };
    with(schema, "description", field.about.into())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// `UPDATE_DOCS=1` writes it anew.
    #[test]
    fn the_published_schema_is_this_one() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/fleet.schema.json");
        let expected = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&path, &expected).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap_or_default(), expected, "UPDATE_DOCS=1 writes it");
    }

    #[test]
    fn every_list_and_field_says_what_it_is_for() {
        let schema = schema();
        for kind in KINDS {
            let list = &schema["properties"][kind.section];
            assert!(list["description"].as_str().is_some_and(|text| text.ends_with('.')), "{}", kind.section);
            for field in kind.fields {
                let property = &list["items"]["properties"][field.name];
                let about = property["description"].as_str().unwrap_or_default();
                assert!(about.ends_with('.'), "{}.{}", kind.section, field.name);
            }
        }
    }
}
