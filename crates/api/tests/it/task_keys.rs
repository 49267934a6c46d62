//! Short keys of tasks: `REL-12`.

use mission_control_core::models::Board;
use mission_control_store::boards;
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

async fn prefix(scene: &Scene, prefix: &str) -> u16 {
    let board = format!("/api/v1/boards/{}", scene.board);
    scene.server.user().patch(&board, json!({"task_prefix": prefix})).send().await.status
}

fn found(answer: &Value) -> Vec<&str> {
    answer["tasks"].as_array().unwrap().iter().map(|task| task["key"].as_str().unwrap()).collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_numbered_on_their_board_and_numbers_do_not_come_back(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    // A board is changed only while its gateway has a main agent.
    scene.enter(Actor::MainAgent).await;
    assert_eq!(prefix(&scene, "rel").await, 200);
    let (path, user) = (scene.on_board("tasks"), scene.server.user());
    let first = user.post(&path, json!({"title": "One"})).expect(200).await;
    let second = user.post(&path, json!({"title": "Two"})).expect(200).await;
    assert_eq!((&first["key"], &second["key"]), (&json!("REL-1"), &json!("REL-2")));
    user.delete(&format!("{path}/{}", second["id"].as_str().unwrap())).expect(200).await;
    let third = user.post(&path, json!({"title": "Three"})).expect(200).await;
    assert_eq!((&third["key"], &third["number"]), (&json!("REL-3"), &json!(3)));
    let listed = user.get(&path).expect(200).await;
    assert_eq!((&listed["items"][0]["key"], &listed["items"][1]["key"]), (&json!("REL-3"), &json!("REL-1")));
    let snapshot = user.get(&scene.on_board("snapshot")).expect(200).await;
    assert_eq!(snapshot["board"]["task_prefix"], "REL");
    assert_eq!(snapshot["tasks"][0]["key"], "REL-3");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_found_by_its_key_before_those_whose_title_has_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    scene.enter(Actor::MainAgent).await;
    assert_eq!(prefix(&scene, "GPT").await, 200);
    for title in ["One", "Compare gpt-1 and gpt-2", "Three"] {
        scene.task(title).await;
    }
    let user = scene.server.user();
    assert_eq!(found(&user.get("/api/v1/search?q=gpt-1").expect(200).await), ["GPT-1", "GPT-2"]);
    assert_eq!(found(&user.get("/api/v1/search?q=GPT-2").expect(200).await), ["GPT-2"]);
    assert_eq!(found(&user.get("/api/v1/search?q=gpt-1&limit=1").expect(200).await), ["GPT-1"]);
    assert_eq!(found(&user.get("/api/v1/search?q=gpt-9").expect(200).await), Vec::<&str>::new());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn no_two_boards_of_an_organization_share_a_prefix(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let organization = scene.organization;
    let twins = scene
        .write(move |tx| {
            ["twins-one", "twins-two"]
                .map(|slug| boards::insert(tx, &Board::new(organization, slug, slug)))
                .into_iter()
                .collect::<Result<Vec<_>, _>>()
        })
        .await;
    assert_eq!((twins[0].task_prefix.as_str(), twins[1].task_prefix.as_str()), ("TWI", "TWI2"));
    scene.enter(Actor::MainAgent).await;
    assert_eq!(prefix(&scene, "twi2").await, 409);
    for refused in ["", "A-B", "WAYTOOLONG"] {
        assert_eq!(prefix(&scene, refused).await, 422, "{refused}");
    }
}
