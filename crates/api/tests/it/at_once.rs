//! Of two partial changes at once neither undoes the other, whichever route takes them.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use mission_control_testkit::actors::Actor;
use mission_control_testkit::client::TestClient;
use mission_control_testkit::scratch::Backend;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::access::Route;
use crate::document::document;
use crate::everything;
use crate::scene::Scene;

/// How often all fields of a thing are changed at once.
const ROUNDS: usize = 4;

/// What is a step rather than a setting: whether it may be taken depends on what else is there.
const STEPS: [&str; 2] = ["status", "goal_confirmed"];

/// Texts of which fields that want a certain form take two.
const TEXTS: [&str; 14] = [
    "one",
    "another",
    "aabbcc",
    "ddeeff",
    "AB",
    "CD",
    "10m",
    "20m",
    "Europe/Berlin",
    "Asia/Tokyo",
    "ws://127.0.0.1:2",
    "ws://127.0.0.1:3",
    "2031-01-01T00:00:00",
    "2032-01-01T00:00:00",
];

/// Values that a field with this schema may take.
fn candidates(document: &Value, schema: &Value) -> Vec<Value> {
    if let Some(reference) = schema["$ref"].as_str() {
        return candidates(document, document.pointer(&reference[1..]).unwrap());
    }
    if let Some(words) = schema["enum"].as_array() {
        return words.iter().filter(|word| !word.is_null()).cloned().collect();
    }
    let choices = ["oneOf", "anyOf", "allOf"].iter().filter_map(|way| schema[way].as_array()).flatten();
    let chosen: Vec<_> = choices.flat_map(|choice| candidates(document, choice)).collect();
    if !chosen.is_empty() {
        return chosen;
    }
    let is = |kind: &str| {
        schema["type"] == kind || schema["type"].as_array().is_some_and(|of| of.contains(&kind.into()))
    };
    if is("boolean") {
        vec![json!(true), json!(false)]
    } else if is("integer") || is("number") {
        [3, 5, 30, 60, 1_000, 100_000].map(Value::from).to_vec()
    } else if is("string") {
        TEXTS.map(Value::from).to_vec()
    } else {
        Vec::new()
    }
}

/// A thing that a route changes.
struct Thing<'a> {
    client: &'a TestClient,
    method: Method,
    path: String,
    is_read: bool,
}

impl Thing<'_> {
    /// Whether it was changed, at once or by a job.
    async fn change(&self, field: &str, value: &Value) -> bool {
        let body = json!({ field: value });
        let status = self.client.call(self.method.clone(), &self.path).json(body).send().await.status;
        matches!(status, 200 | 202)
    }

    /// How it is. What nobody can read alone is told who changes this field to what it is.
    async fn read(&self, field: &str, value: &Value) -> Value {
        let call = match self.is_read {
            true => self.client.get(&self.path),
            false => self.client.call(self.method.clone(), &self.path).json(json!({ field: value })),
        };
        call.send().await.body
    }

    /// The fields that can be changed alone, each with two values that it takes.
    async fn settings(&self, document: &Value, route: &Route<'_>) -> BTreeMap<String, [Value; 2]> {
        let mut settings = BTreeMap::new();
        for (place, schema) in route.fields() {
            let Some(name) = place.strip_prefix('/').filter(|name| !name.contains('/')) else { continue };
            if STEPS.contains(&name) {
                continue;
            }
            let mut taken = Vec::new();
            for value in candidates(document, schema) {
                if self.change(name, &value).await && self.read(name, &value).await[name] == value {
                    taken.push(value);
                }
                if let [one, other] = taken.as_slice() {
                    settings.insert(name.to_owned(), [one.clone(), other.clone()]);
                    break;
                }
            }
        }
        settings
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn partial_changes_at_once_are_all_there_afterwards(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let variables = [("PROVISION_WAIT_SECONDS", "0"), ("SOULS_DIRECTORY_URL", "http://127.0.0.1:1")];
    let scene = Scene::start_with(backend, &variables).await;
    // Boards are changed only on gateways that have a main agent.
    scene.enter(Actor::MainAgent).await;
    let client = scene.enter(Actor::Owner).await;
    let document = document();
    let (mut changed, mut alone, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    for route in Route::all(&document) {
        let is_partial = [Method::PATCH, Method::PUT].contains(&route.method()) && route.admits("user");
        // What becomes of the caller's own rights is no setting.
        if !is_partial || route.template().contains("/members/") {
            continue;
        }
        let path = route.path(&everything::add(&scene, 1).await);
        let is_read = document["paths"][route.template()]["get"].is_object();
        let thing = Thing { client: &client, method: route.method(), path, is_read };
        let settings = thing.settings(&document, &route).await;
        if settings.len() < 2 {
            alone.push(route.name());
            continue;
        }
        changed.push(route.name());
        for round in 0..ROUNDS {
            let changes = settings.iter().map(|(name, values)| thing.change(name, &values[round % 2]));
            let taken = join_all(changes).await;
            let (first, values) = settings.first_key_value().unwrap();
            let now = thing.read(first, &values[round % 2]).await;
            // Who is refused knows that nothing was changed.
            for ((name, values), _) in settings.iter().zip(taken).filter(|(_, taken)| *taken) {
                if now[name] != values[round % 2] {
                    lost.push(format!("{} {name}: {} of {values:?}", route.name(), now[name]));
                }
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
    assert!(
        changed.len() >= 12,
        "changed things of only these routes:\n{}\nand not of\n{}",
        changed.join("\n"),
        alone.join("\n")
    );
}
