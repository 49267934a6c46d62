//! Compressed answers say the same as plain ones, on every route; streams and answers with secrets stay as they are.

use std::io::Read;
use std::time::Duration;

use mission_control_api::openapi;
use mission_control_core::models::Task;
use mission_control_store::tasks;
use mission_control_testkit::scratch::Backend;
use reqwest::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, VARY};
use serde_json::{Value, json};

use crate::access::{Route, connect_quiet_gateway};
use crate::everything;
use crate::scene::Scene;
use crate::server::TOKEN;

struct Raw {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Raw {
    fn encoding(&self) -> Option<&str> {
        self.headers.get(CONTENT_ENCODING).map(|value| value.to_str().unwrap())
    }

    fn varies(&self) -> bool {
        let values = self.headers.get_all(VARY).iter().map(|value| value.to_str().unwrap());
        values
            .flat_map(|value| value.split(','))
            .any(|name| name.trim().eq_ignore_ascii_case("accept-encoding"))
    }

    fn decoded(&self) -> Vec<u8> {
        let mut plain = Vec::new();
        match self.encoding() {
            None => plain.clone_from(&self.body),
            Some("gzip") => {
                flate2::read::GzDecoder::new(&self.body[..]).read_to_end(&mut plain).unwrap();
            }
            Some(other) => panic!("{other}"),
        }
        plain
    }
}

async fn get(scene: &Scene, credential: (&str, &str), path: &str, accepted: &str) -> Raw {
    let url = format!("{}{path}", scene.server.base_url);
    let (name, value) = credential;
    let request = reqwest::Client::new().get(url).header(name, value).header(ACCEPT_ENCODING, accepted);
    let response = request.timeout(Duration::from_secs(60)).send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let stream =
        headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
    let body = if stream { Vec::new() } else { response.bytes().await.unwrap().to_vec() };
    Raw { status, headers, body }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_says_the_same_compressed_and_plain_and_no_stream_is_compressed() {
    let scene = Scene::start_with(Backend::Sqlite, &[("SOULS_DIRECTORY_URL", "http://127.0.0.1:1")]).await;
    let _gateway = connect_quiet_gateway(&scene).await;
    let places = everything::add(&scene, 12).await;
    let bearer = format!("Bearer {TOKEN}");
    let person = (AUTHORIZATION.as_str(), bearer.as_str());

    let document = serde_json::to_value(openapi::document()).unwrap();
    let mut compressed = 0;
    for route in Route::all(&document) {
        if route.method() != reqwest::Method::GET || !route.admits("user") {
            continue;
        }
        let path = route.path(&places);
        // Some answers hold the time, or what the one before made: one of three has to be the same.
        for attempt in 1..=3 {
            let packed = get(&scene, person, &path, "gzip").await;
            if route.is_stream() {
                assert_eq!(packed.encoding(), None, "{path}");
                break;
            }
            let plain = get(&scene, person, &path, "identity").await;
            assert_eq!((packed.status, plain.encoding()), (plain.status, None), "{path}");
            assert_eq!(packed.varies(), plain.varies(), "{path}");
            if let Some(used) = packed.encoding() {
                assert_eq!((used, packed.varies()), ("gzip", true), "{path}");
                assert!(!path.starts_with("/api/v1/auth/"), "{path}");
                assert!(packed.body.len() < plain.body.len(), "{path}");
                compressed += 1;
            }
            let decoded: Value = serde_json::from_slice(&packed.decoded()).unwrap_or_default();
            let read: Value = serde_json::from_slice(&plain.body).unwrap_or_default();
            let (decoded, read) = (lasting(decoded), lasting(read));
            if decoded == read {
                break;
            }
            assert!(attempt < 3, "{path} differs:\n{decoded}\n{read}");
        }
    }
    assert!(compressed > 10, "{compressed}");
}

/// Times, ages and counts go on between two requests, those within a text too (how much of the disk is free), and each request
/// has an id.
fn lasting(body: Value) -> Value {
    match body {
        Value::Number(_) => Value::Null,
        Value::String(text) => Value::String(text.chars().filter(|sign| !sign.is_ascii_digit()).collect()),
        Value::Array(elements) => elements.into_iter().map(lasting).collect(),
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(name, _)| name != "request_id");
            kept.map(|(name, value)| (name, lasting(value))).collect()
        }
        other => other,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_answer_is_much_smaller_and_byte_for_byte_the_same() {
    let scene = Scene::start(Backend::Sqlite).await;
    let board = scene.board;
    scene
        .write(move |tx| {
            (0..300)
                .try_for_each(|n| tasks::insert(tx, &Task::new(board, format!("Task number {n}"))).map(drop))
        })
        .await;
    let bearer = format!("Bearer {TOKEN}");
    let person = (AUTHORIZATION.as_str(), bearer.as_str());
    let path = scene.on_board("tasks");
    let plain = get(&scene, person, &path, "identity").await;
    assert!(plain.body.len() > 50_000 && plain.varies());
    for accepted in ["gzip", "gzip, deflate, br, zstd"] {
        let packed = get(&scene, person, &path, accepted).await;
        assert!(packed.body.len() * 5 < plain.body.len(), "{accepted}: {}", packed.body.len());
        assert_eq!(packed.decoded(), plain.body);
    }
    for accepted in ["", "zstd", "gzip;q=0"] {
        assert_eq!(get(&scene, person, &path, accepted).await.encoding(), None, "{accepted}");
    }
    // What is made once is not compressed: it may hold a secret that is never shown again.
    let client = reqwest::Client::new();
    let invite = client
        .post(format!("{}/api/v1/organizations/me/invites", scene.server.base_url))
        .header(AUTHORIZATION, &bearer)
        .header(ACCEPT_ENCODING, "gzip, br")
        .json(&json!({"invited_email": format!("{}@example.com", "x".repeat(200)), "role": "member"}))
        .send()
        .await
        .unwrap();
    assert_eq!(invite.headers().get(CONTENT_ENCODING), None);
}
