use std::collections::BTreeSet;

use mission_control_api::openapi;
use mission_control_fleet::guide::OPERATIONS;
use mission_control_testkit::scratch::Backend;
use serde_json::{Value, json};

use crate::server::Server;

pub(crate) fn document() -> Value {
    serde_json::to_value(openapi::document()).unwrap()
}

pub(crate) fn operations(document: &Value) -> impl Iterator<Item = &Value> {
    document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values())
}

#[test]
fn the_document_changes_only_on_purpose() {
    let mut document = document();
    document["info"]["version"] = Value::from("[version]");
    insta::assert_json_snapshot!(document);
}

#[test]
fn every_operation_has_an_id_of_its_own_a_known_tag_and_a_summary() {
    let document = document();
    let tags: BTreeSet<_> =
        document["tags"].as_array().unwrap().iter().map(|tag| &tag["name"]).map(Value::to_string).collect();
    let mut ids = BTreeSet::new();
    for operation in operations(&document) {
        let id = operation["operationId"].as_str().unwrap();
        assert!(ids.insert(id), "{id} twice");
        assert!(operation["summary"].is_string(), "{id} has no summary");
        for tag in operation["tags"].as_array().unwrap() {
            assert!(tags.contains(&tag.to_string()), "{id} has the unknown tag {tag}");
        }
    }
}

#[test]
fn every_operation_for_agents_says_who_uses_it_and_when() {
    let document = document();
    let mut named = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            let known = OPERATIONS.iter().find(|known| known.id == id);
            assert!(known.is_some() || !path.starts_with("/api/v1/agent/"), "{id} has no hints");
            let Some(known) = known else { continue };
            named.insert(id);
            assert_eq!((known.path, known.method.to_lowercase()), (path.as_str(), method.clone()), "{id}");
            let tags: Vec<_> =
                operation["tags"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            assert!(known.roles.iter().all(|role| tags.contains(&role.tag())), "{id}: {tags:?}");
            for hint in ["x-llm-intent", "x-when-to-use", "x-routing-policy"] {
                assert!(!operation[hint].is_null(), "{id} has no {hint}");
            }
        }
    }
    assert_eq!(named.len(), OPERATIONS.len(), "some hints belong to no operation: {named:?}");
}

#[test]
fn every_reference_leads_to_a_schema() {
    let document = document();
    let text = document.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
}

/// Every list of an answer's schema that has no maximum.
fn endless(document: &Value, schema: &Value, place: &str, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(fields) => {
            if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                let name = reference.rsplit('/').next().unwrap();
                // Each once, under its own name: some hold others of their kind.
                if found.insert(format!("({name})")) {
                    endless(document, document.pointer(&reference[1..]).unwrap(), name, found);
                }
            }
            let kind = fields.get("type").unwrap_or(&Value::Null);
            let is_list = kind == "array" || kind.as_array().is_some_and(|of| of.contains(&"array".into()));
            if is_list && !fields.get("maxItems").is_some_and(Value::is_u64) {
                found.insert(place.to_owned());
            }
            fields
                .iter()
                .for_each(|(name, field)| endless(document, field, &format!("{place}.{name}"), found));
        }
        Value::Array(parts) => parts.iter().for_each(|part| endless(document, part, place, found)),
        _ => {}
    }
}

#[test]
fn every_list_of_an_answer_has_a_maximum() {
    let document = document();
    let mut found = BTreeSet::new();
    for operation in operations(&document) {
        let id = operation["operationId"].as_str().unwrap();
        for (status, response) in operation["responses"].as_object().unwrap() {
            for content in response["content"].as_object().into_iter().flat_map(|content| content.values()) {
                endless(&document, &content["schema"], &format!("{id} {status}"), &mut found);
            }
        }
    }
    endless(&document, &json!({ "$ref": "#/components/schemas/Event" }), "events", &mut found);
    let seen = found.iter().filter(|place| place.starts_with('(')).count();
    assert!(seen > 50, "{seen} schemas");
    found.retain(|place| !place.starts_with('('));
    assert!(found.is_empty(), "without a maximum: {found:#?}");
}

#[test]
fn every_list_that_is_told_a_maximum_is_in_the_document() {
    let document = document();
    for (schema, field, most) in openapi::LISTS {
        let schemas = &document["components"]["schemas"][schema];
        // What has all of another shape, or one of several, says so in parts.
        let parts = ["allOf", "oneOf"].iter().find_map(|way| schemas[way].as_array().cloned());
        let list =
            |part: &Value| if field.is_empty() { part.clone() } else { part["properties"][field].clone() };
        let shown = parts
            .unwrap_or_else(|| vec![schemas.clone()])
            .iter()
            .map(list)
            .find(|list| list["maxItems"].is_u64());
        let shown = shown.as_ref().map(|list| &list["maxItems"]);
        assert_eq!(shown, Some(&Value::from(most)), "{schema}.{field}");
    }
}

/// Operations whose whole body has a maximum that the operator sets, and no form of its own.
const WHOLE_BODIES: [&str; 2] = ["mcp", "board_webhooks_ingest"];

/// Every part of a request's schema that has no maximum.
fn unbounded(document: &Value, schema: &Value, place: &str, found: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        return unbounded(document, document.pointer(&reference[1..]).unwrap(), place, found);
    }
    let mut bounded = false;
    for choice in ["oneOf", "anyOf", "allOf"] {
        for part in schema[choice].as_array().into_iter().flatten() {
            bounded = true;
            unbounded(document, part, place, found);
        }
    }
    let is = |kind: &str| {
        schema["type"] == kind || schema["type"].as_array().is_some_and(|of| of.contains(&kind.into()))
    };
    let has = |name: &str| !schema[name].is_null();
    bounded |=
        is("null") || is("boolean") || is("integer") || is("number") || has("enum") || has("x-max-bytes");
    if is("string") {
        bounded = has("maxLength")
            || has("enum")
            || matches!(schema["format"].as_str(), Some("uuid" | "date-time"));
    } else if is("array") {
        bounded = has("maxItems");
        unbounded(document, &schema["items"], &format!("{place}[]"), found);
    } else if let Some(fields) = schema["properties"].as_object() {
        bounded = true;
        for (name, field) in fields {
            unbounded(document, field, &format!("{place}.{name}"), found);
        }
    }
    if !bounded {
        found.push(format!("{place}: {schema}"));
    }
}

#[test]
fn every_text_list_and_object_of_a_request_has_a_maximum() {
    let document = document();
    let mut found = Vec::new();
    for operation in operations(&document) {
        let id = operation["operationId"].as_str().unwrap();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            // Paths and headers have the maximum of a request's head.
            if parameter["in"] == "query" {
                let place = format!("{id}?{}", parameter["name"].as_str().unwrap());
                unbounded(&document, &parameter["schema"], &place, &mut found);
            }
        }
        let bodies = operation["requestBody"]["content"].as_object();
        for content in bodies.into_iter().flat_map(|bodies| bodies.values()) {
            if !WHOLE_BODIES.contains(&id) {
                unbounded(&document, &content["schema"], id, &mut found);
            }
        }
    }
    assert!(found.is_empty(), "without a maximum:\n{}", found.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_served_and_browsable() {
    let server = Server::start(Backend::Sqlite).await;
    assert_eq!(server.stranger().get("/openapi.json").expect(200).await, document());
    for path in ["/docs", "/docs/"] {
        let page = server.stranger().get(path).expect(200).await;
        assert!(page.as_str().unwrap().contains("swagger-ui"), "{path}");
    }
}
