//! Named ways to look at boards.

use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

const ALL: &str = "/api/v1/board-views";

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap()).collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_kept_for_oneself_or_shared_and_changed_as_it_was_seen(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let owner = scene.enter(Actor::Owner).await;
    let views = scene.on_board("views");
    let kept = json!({
        "name": "On fire",
        "filter": "priority:urgent",
        "sort": "-due",
        "group_by": "assignee",
        "layout": "table",
        "columns": ["key", "status"],
    });
    let own = owner.post(&views, kept.clone()).expect(200).await;
    for (field, value) in kept.as_object().unwrap() {
        assert_eq!(own[field], *value, "{field}");
    }
    assert_eq!(own["shared"], false);
    let shared = owner.post(&views, json!({ "name": "Everybody's", "shared": true })).expect(200).await;
    assert_eq!(
        (&shared["shared"], &shared["layout"], &shared["columns"]),
        (&json!(true), &json!("board"), &Value::Null)
    );
    let all = owner.get(&format!("{ALL}?board_id={}", scene.board)).expect(200).await;
    assert_eq!(names(&all), ["On fire", "Everybody's"]);

    let path = format!("{views}/{}", shared["id"].as_str().unwrap());
    let seen = format!("\"{}\"", shared["version"].as_str().unwrap());
    let renamed = owner.patch(&path, json!({ "name": "Ours" })).header("if-match", &seen).expect(200).await;
    assert_eq!(renamed["name"], "Ours");
    let late = owner.patch(&path, json!({ "name": "Mine" })).header("if-match", &seen).expect(409).await;
    assert_eq!((&late["code"], &late["params"]["changed"]), (&json!("changed_meanwhile"), &json!(["name"])));
    let emptied = owner.patch(&path, json!({ "filter": null, "shared": false })).expect(200).await;
    assert_eq!((&emptied["shared"], &emptied["name"]), (&json!(false), &json!("Ours")));
    owner.delete(&path).expect(200).await;
    owner.delete(&path).expect(404).await;
    owner.post(&views, json!({ "name": " " })).expect(422).await;
    owner.post(&views, json!({ "name": "x", "layout": "cube" })).expect(422).await;
    owner.post(&views, json!({ "name": "x", "filter": "y".repeat(2_001) })).expect(422).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_only_sees_the_board_keeps_own_views_and_changes_no_shared_one(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let owner = scene.enter(Actor::Owner).await;
    let views = scene.on_board("views");
    let shared = owner.post(&views, json!({ "name": "Shared", "shared": true })).expect(200).await;
    owner.post(&views, json!({ "name": "Own" })).expect(200).await;
    let path = format!("{views}/{}", shared["id"].as_str().unwrap());

    // The same person, with fewer rights: the membership, and so the own views, are the same.
    let reader = scene.enter(Actor::Reader).await;
    assert_eq!(names(&reader.get(ALL).expect(200).await), ["Shared", "Own"]);
    let mine = reader.post(&views, json!({ "name": "A reader's" })).expect(200).await;
    reader.post(&views, json!({ "name": "x", "shared": true })).expect(403).await;
    reader.patch(&path, json!({ "name": "x" })).expect(403).await;
    reader.delete(&path).expect(403).await;
    let own = format!("{views}/{}", mine["id"].as_str().unwrap());
    reader.patch(&own, json!({ "shared": true })).expect(403).await;
    assert_eq!(reader.patch(&own, json!({ "sort": "key" })).expect(200).await["sort"], "key");
    reader.delete(&own).expect(200).await;

    let stranger = scene.enter(Actor::Stranger).await;
    assert_eq!(names(&stranger.get(ALL).expect(200).await), [""; 0]);
    stranger.post(&views, json!({ "name": "x" })).expect(404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_has_room_for_so_many_views() {
    let scene = Scene::start(Backend::Sqlite).await;
    let owner = scene.enter(Actor::Owner).await;
    let views = scene.on_board("views");
    for shared in [true, false] {
        for number in 0..100 {
            owner.post(&views, json!({ "name": format!("{number}"), "shared": shared })).expect(200).await;
        }
        owner.post(&views, json!({ "name": "one more", "shared": shared })).expect(409).await;
    }
}
