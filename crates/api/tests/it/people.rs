//! Who of the people did what.

use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn comments_and_activity_name_the_person(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    user.patch("/api/v1/users/me", json!({"preferred_name": "Robin"})).expect(200).await;
    let task = scene.task("Task").await;
    let path = scene.on_board(&format!("tasks/{}/comments", task.id));
    let said = user.post(&path, json!({"message": "Hello"})).expect(200).await;
    scene.ada.1.post(&path, json!({"message": "Hello, Robin"})).expect(200).await;

    let comments = user.get(&path).expect(200).await;
    assert_eq!(comments["items"][0], said);
    let of = |item: &Value| (item["user_name"].clone(), item["user_id"].clone(), item["agent_id"].clone());
    let robin = (json!("Robin"), json!(scene.user()), Value::Null);
    let ada = (Value::Null, Value::Null, json!(scene.ada.0));
    assert_eq!((of(&comments["items"][0]), of(&comments["items"][1])), (robin.clone(), ada.clone()));
    let feed = user.get("/api/v1/activity?kind=task.comment").expect(200).await;
    assert_eq!((of(&feed["items"][0]), of(&feed["items"][1])), (ada.clone(), robin.clone()));
    assert!(feed["items"][0]["task_title"].is_string(), "{feed}");
    let of_tasks = user.get("/api/v1/activity/task-comments").expect(200).await;
    assert_eq!((of(&of_tasks["items"][0]), of(&of_tasks["items"][1])), (ada, robin.clone()));
    let events = scene.events("task.commented").await;
    assert_eq!(of(&events[0].payload["item"]), robin);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_decision_keeps_its_maker_and_its_reason_until_it_is_taken_back(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (path, user) = (scene.on_board("approvals"), scene.server.user());
    user.patch("/api/v1/users/me", json!({"preferred_name": "Robin"})).expect(200).await;
    let ask = json!({"action_type": "deploy", "confidence": 80, "lead_reasoning": "why"});
    let asked = scene.ada.1.post(&path, ask).expect(200).await;
    let one = format!("{path}/{}", asked["id"].as_str().unwrap());
    let decided =
        user.patch(&one, json!({"status": "rejected", "reason": " Not on a\nFriday "})).expect(200).await;
    assert_eq!(
        (&decided["resolved_by"], &decided["resolved_by_user_id"], &decided["decision_reason"]),
        (&json!("Robin"), &json!(scene.user()), &json!("Not on a\nFriday"))
    );
    for (_, text) in scene.messages().await {
        assert!(text.contains("Reason: Not on a Friday\n"), "{text}");
    }
    let pending = user.patch(&one, json!({"status": "pending"})).expect(200).await;
    assert_eq!((&pending["resolved_by"], &pending["decision_reason"]), (&Value::Null, &Value::Null));
    let silent = user.patch(&one, json!({"status": "approved", "reason": " "})).expect(200).await;
    assert_eq!((&silent["resolved_by"], &silent["decision_reason"]), (&json!("Robin"), &Value::Null));
}
