//! Budgets and the progress breaker over REST.

use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::json;

use crate::everything;
use crate::scene::Scene;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn admins_make_budgets_and_those_who_see_the_board_see_them(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    everything::add(&scene, 1).await;
    let user = scene.server.user();
    let new = json!({
        "agent_id": scene.ada.0, "metric": "tokens", "period": "month", "time_zone": "Europe/Berlin", "limit": 10,
    });
    // One turn of 15 tokens was there before.
    let budget = user.post("/api/v1/budgets", new.clone()).expect(200).await;
    let (window, id) = (&budget["window"], budget["id"].as_str().unwrap());
    assert_eq!((window["used"].as_i64(), window["stage"].as_str()), (Some(15), Some("stopped")));
    assert_eq!(budget["held_agent_ids"], json!([scene.ada.0]));
    let whole = json!({"metric": "cost", "period": "week", "limit": 1_000_000});
    user.post("/api/v1/budgets", whole).expect(200).await;
    assert_eq!(user.get("/api/v1/budgets").expect(200).await["total"], 3);

    let path = format!("/api/v1/budgets/{id}");
    let more = user.post(&format!("{path}/extend"), json!({"amount": 100})).expect(200).await;
    assert_eq!((more["window"]["extra"].as_i64(), more["held_agent_ids"].clone()), (Some(105), json!([])));
    let windows = user.get(&format!("{path}/windows")).expect(200).await;
    assert_eq!(windows["items"].as_array().map(Vec::len), Some(1));
    let changed = user.patch(&path, json!({"limit": 1000, "enabled": false})).expect(200).await;
    assert_eq!((changed["limit"].as_i64(), changed["enabled"].as_bool()), (Some(1000), Some(false)));
    user.post(&format!("{path}/extend"), json!({"amount": 1})).expect(409).await;
    user.patch(&path, json!({"warn_percent": 99})).expect(422).await;
    user.patch(&path, json!({})).expect(422).await;

    let reader = scene.enter(Actor::Reader).await;
    assert_eq!(reader.get("/api/v1/budgets").expect(200).await["total"], 2, "not the organization's");
    reader.post("/api/v1/budgets", new.clone()).expect(403).await;
    reader.patch(&path, json!({"limit": 5})).expect(403).await;
    scene.ada.1.get("/api/v1/budgets").expect(401).await;
    scene.ada.1.post(&format!("{path}/extend"), json!({"amount": 100})).expect(401).await;

    let owner = scene.enter(Actor::Owner).await;
    owner.delete(&path).expect(200).await;
    owner.get(&path).expect(404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_breaker_of_a_board_is_seen_by_its_readers_and_changed_by_admins() {
    let scene = Scene::start(Backend::Sqlite).await;
    let path = scene.on_board("breaker");
    let owner = scene.enter(Actor::Owner).await;
    let read = owner.get(&path).expect(200).await;
    assert_eq!((read["mode"].as_str(), read["pauses"].as_bool()), (Some("auto"), Some(false)));
    assert_eq!(read["empty_limit"], 10);
    let changed = owner.patch(&path, json!({"mode": "on", "empty_limit": 5})).expect(200).await;
    assert_eq!((changed["pauses"].as_bool(), changed["empty_limit"].as_i64()), (Some(true), Some(5)));
    let refused = owner.patch(&path, json!({"empty_limit": 1, "token_floor": -1})).expect(422).await;
    assert!(refused.to_string().contains("token_floor"), "{refused}");
    let writer = scene.enter(Actor::Writer).await;
    assert_eq!(writer.get(&path).expect(200).await["empty_limit"], 5);
    writer.patch(&path, json!({"mode": "off"})).expect(403).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_of_stale_tasks_is_seen_by_readers_of_the_board_and_changed_by_admins() {
    let scene = Scene::start(Backend::Sqlite).await;
    let path = scene.on_board("stale-tasks");
    let owner = scene.enter(Actor::Owner).await;
    let read = owner.get(&path).expect(200).await;
    assert_eq!((read["rule"].as_str(), read["after_minutes"].as_i64()), (Some("keep"), Some(30)));
    let changed = owner.patch(&path, json!({"rule": "release", "after_minutes": 10})).expect(200).await;
    assert_eq!((changed["rule"].as_str(), changed["after_minutes"].as_i64()), (Some("release"), Some(10)));
    let refused = owner.patch(&path, json!({"after_minutes": 0})).expect(422).await;
    assert!(refused.to_string().contains("after_minutes"), "{refused}");
    owner.patch(&path, json!({"rule": "steal"})).expect(422).await;
    let writer = scene.enter(Actor::Writer).await;
    assert_eq!(writer.get(&path).expect(200).await["rule"], "release");
    writer.patch(&path, json!({"rule": "keep"})).expect(403).await;
}
