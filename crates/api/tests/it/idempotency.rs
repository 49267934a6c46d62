//! Writes that are sent again with the same `Idempotency-Key`.

use diesel::prelude::*;
use mission_control_core::models::IdempotencyKey;
use mission_control_core::schema::idempotency_keys;
use mission_control_store::StoreError;
use mission_control_testkit::client::{Answer, TestClient};
use mission_control_testkit::scratch::{Backend, ScratchDatabase};
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;
use crate::server::Server;

const TAGS: &str = "/api/v1/tags";
const SECRETS_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

async fn post(client: &TestClient, path: &str, key: &str, body: Value) -> Answer {
    client.post(path, body).header("Idempotency-Key", key).send().await
}

fn is_replayed(answer: &Answer) -> bool {
    answer.header("idempotency-replayed") == Some("true")
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_write_gets_the_first_answer_and_is_carried_out_once(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start(backend).await;
    let user = server.user();
    let first = post(&user, TAGS, "k", json!({"name": "urgent", "hue": 1})).await;
    let again = post(&user, TAGS, "k", json!({"name": "urgent", "hue": 1})).await;
    assert_eq!((first.status, is_replayed(&first)), (200, false));
    assert_eq!((again.status, is_replayed(&again)), (200, true));
    assert_eq!(again.body, first.body);
    assert_eq!(again.header("x-ignored-fields"), Some("hue"));
    assert_eq!(again.header("content-type"), first.header("content-type"));
    assert_eq!(user.get(TAGS).expect(200).await["total"], 1);

    let without_key = user.post(TAGS, json!({"name": "urgent"})).send().await;
    assert_eq!(without_key.status, 409);
    let other = post(&user, TAGS, "k", json!({"name": "calm"})).await;
    assert_eq!((other.status, &other.body["code"]), (422, &json!("idempotency_key_reused")));
    assert!(other.body["next_step"].is_string());

    // Elsewhere the same key is another one.
    let path = format!("{TAGS}/{}", first.body["id"].as_str().unwrap());
    for replayed in [false, true] {
        let gone = user.delete(&path).header("Idempotency-Key", "k").send().await;
        assert_eq!((gone.status, is_replayed(&gone)), (200, replayed));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_belongs_to_its_caller() {
    let scene = Scene::start(Backend::Sqlite).await;
    let path = scene.on_board("memory");
    let body = json!({"content": "remember"});
    for client in [&scene.server.user(), &scene.ada.1, &scene.bob.1] {
        for replayed in [false, true] {
            let answer = post(client, &path, "k", body.clone()).await;
            assert_eq!((answer.status, is_replayed(&answer)), (200, replayed));
        }
    }
    assert_eq!(scene.server.user().get(&path).expect(200).await["total"], 3);
    let stranger = post(&scene.server.stranger(), &path, "k", body).await;
    assert_eq!((stranger.status, is_replayed(&stranger)), (401, false));
}

/// Repeated from the organization that the first request led to, it must not be carried out there once more.
#[tokio::test(flavor = "multi_thread")]
async fn what_takes_somebody_to_another_organization_is_repeated_as_one() {
    let server = Server::start(Backend::Sqlite).await;
    let user = server.user();
    let names = async || -> Vec<Value> {
        let mine = user.get("/api/v1/organizations/me/list").expect(200).await;
        mine.as_array().unwrap().iter().map(|organization| organization["name"].clone()).collect()
    };
    let before = names().await;
    for replayed in [false, true] {
        let made = post(&user, "/api/v1/organizations", "k", json!({"name": "Second"})).await;
        assert_eq!((made.status, is_replayed(&made)), (200, replayed));
    }
    assert_eq!(names().await.len(), before.len() + 1);
    for replayed in [false, true] {
        let gone = user.delete("/api/v1/organizations/me").header("Idempotency-Key", "k").send().await;
        assert_eq!((gone.status, is_replayed(&gone)), (200, replayed));
    }
    assert_eq!(names().await, before);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_writes_that_come_at_once_to_two_processes_one_is_carried_out(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = ScratchDatabase::empty(backend);
    let url = database.url().to_owned();
    let variables = [("SECRETS_KEY", SECRETS_KEY)];
    let one = Server::start_on(database, &url, &variables).await;
    one.user().get("/api/v1/users/me").expect(200).await;
    let other = Server::start_on(ScratchDatabase::empty(Backend::Sqlite), &url, &variables).await;
    let clients = [one.user(), other.user()];
    let calls = (0..8).map(|n| {
        let client = clients[n % 2].clone();
        tokio::spawn(async move { post(&client, TAGS, "k", json!({"name": "urgent"})).await })
    });
    let mut made = std::collections::BTreeSet::new();
    for call in calls.collect::<Vec<_>>() {
        let answer = call.await.unwrap();
        if answer.status == 409 {
            assert_eq!(answer.body["code"], "request_in_progress");
            assert_eq!(answer.header("retry-after"), Some("1"));
        } else {
            assert_eq!(answer.status, 200, "{}", answer.body);
            made.insert(answer.body["id"].to_string());
        }
    }
    assert_eq!(made.len(), 1);
    for client in clients {
        assert!(is_replayed(&post(&client, TAGS, "k", json!({"name": "urgent"})).await));
        assert_eq!(client.get(TAGS).expect(200).await["total"], 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_write_leaves_its_key_free() {
    let scene = Scene::start(Backend::Sqlite).await;
    let path = format!("/api/v1/agent/boards/{}/tasks", scene.board);
    let refused = post(&scene.ada.1, &path, "k", json!({"title": "t"})).await;
    assert_eq!((refused.status, is_replayed(&refused)), (403, false));
    let again = post(&scene.ada.1, &path, "k", json!({"title": "u"})).await;
    assert_eq!((again.status, is_replayed(&again)), (403, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_none_is_refused_and_reads_know_no_keys() {
    let server = Server::start(Backend::Sqlite).await;
    let long = "k".repeat(256);
    for key in ["", &long] {
        let answer = post(&server.user(), TAGS, key, json!({"name": "urgent"})).await;
        assert_eq!(answer.status, 422);
        assert_eq!(answer.body["detail"][0]["loc"], json!(["header", "idempotency-key"]));
    }
    for _ in 0..2 {
        let read = server.user().get(TAGS).header("Idempotency-Key", "k").send().await;
        assert!(!is_replayed(&read));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_is_shown_once_is_kept_sealed() {
    let server = Server::start(Backend::Sqlite).await;
    let path = "/api/v1/organizations/me/invites";
    let body = json!({"invited_email": "robin@example.com"});
    let first = post(&server.user(), path, "k", body.clone()).await;
    let token = first.body["token"].as_str().unwrap();
    let find = server.db().await;
    let kept: Vec<IdempotencyKey> = find
        .read::<_, StoreError, _>(|conn| {
            Ok(idempotency_keys::table.select(idempotency_keys::all_columns).load(conn)?)
        })
        .await
        .unwrap();
    let answer = kept[0].answer.as_deref().unwrap();
    assert!(answer.starts_with("mcs1:") && !answer.contains(token));
    assert_eq!(post(&server.user(), path, "k", body).await.body, first.body);
}
