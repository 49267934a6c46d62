//! `If-Match`: a change that was decided on what is not there any more is refused, and says what is different.

use futures_util::future::join_all;
use mission_control_testkit::actors::Actor;
use mission_control_testkit::client::TestClient;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

/// `PATCH` of what was seen as `seen`.
async fn change(who: &TestClient, path: &str, seen: &Value, body: Value) -> (u16, Value) {
    let version = seen["version"].as_str().expect("a version").to_owned();
    let answer = who.patch(path, body).header("If-Match", &format!("\"{version}\"")).send().await;
    (answer.status, answer.body)
}

/// The refusal that names these fields, the version that the thing has now, and who did it where that is known.
fn assert_refused(answer: (u16, Value), changed: &[&str], now: &Value, by: Value) {
    let (status, body) = answer;
    assert_eq!((status, &body["code"]), (409, &json!("changed_meanwhile")), "{body}");
    let params = &body["params"];
    assert_eq!(
        (&params["changed"], &params["version"], &params["by"]),
        (&json!(changed), &now["version"], &by),
        "{body}"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_approval_is_decided_as_it_was_seen_or_not_at_all(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (path, user) = (scene.on_board("approvals"), scene.server.user());
    let asked = json!({"action_type": "deploy", "confidence": 72.5, "lead_reasoning": "why",
        "payload": {"command": "rm -rf /tmp/x", "cost": 1.5e3, "nested": {"b": 1, "a": [null, true]}}});
    let seen = user.post(&path, asked).expect(200).await;
    let listed = user.get(&path).expect(200).await;
    assert_eq!(listed["items"][0]["version"], seen["version"], "reading it makes no other version of it");
    let one = format!("{path}/{}", seen["id"].as_str().unwrap());

    let (status, decided) = change(&user, &one, &seen, json!({"status": "approved"})).await;
    assert_eq!((status, &decided["status"]), (200, &json!("approved")));
    let name = decided["resolved_by"].clone();
    assert!(name.is_string());
    let late = change(&user, &one, &seen, json!({"status": "rejected"})).await;
    assert_refused(late, &["status", "decisions"], &decided, name.clone());

    // It waits again, and looks as before; who saw it before the decision did not see that.
    let (status, again) = change(&user, &one, &decided, json!({"status": "pending"})).await;
    assert_eq!(status, 200);
    let late = change(&user, &one, &seen, json!({"status": "approved"})).await;
    assert_refused(late, &["decisions"], &again, name);
    assert_eq!(user.get(&path).expect(200).await["items"][0]["status"], "pending");
    // Who says nothing of what they saw means whatever is there.
    user.patch(&one, json!({"status": "approved"})).expect(200).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_changed_as_it_was_seen_or_not_at_all(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (path, user) = (scene.on_board("tasks"), scene.server.user());
    let seen =
        user.post(&path, json!({"title": "T", "due_at": "2031-01-02T03:04:05.678901"})).expect(200).await;
    let one = format!("{path}/{}", seen["id"].as_str().unwrap());
    assert_eq!(user.get(&one).expect(200).await["version"], seen["version"]);
    let board = user.get(&scene.on_board("snapshot")).expect(200).await;
    assert_eq!(board["tasks"][0]["version"], seen["version"]);
    user.post(&format!("{one}/comments"), json!({"message": "A word"})).expect(200).await;

    let (status, mine) = change(&user, &one, &seen, json!({"priority": "high"})).await;
    assert_eq!(status, 200, "a comment makes no other version");
    let agents = format!(
        "{}/{}",
        scene.on_board("tasks").replace("/boards", "/agent/boards"),
        seen["id"].as_str().unwrap()
    );
    scene.ada.1.patch(&agents, json!({"status": "in_progress"})).expect(200).await;
    let now = user.get(&one).expect(200).await;
    let name = now["assignee"].clone();
    let late = change(&user, &one, &mine, json!({"description": "new", "title": "U"})).await;
    assert_refused(late, &["status", "assigned_agent_id"], &now, name);
    assert_eq!(user.get(&one).expect(200).await, now, "nothing of it was done");
    let (status, _) = change(&scene.ada.1, &agents, &mine, json!({"status": "inbox"})).await;
    assert_eq!(status, 409, "agents may say what they saw as well");
    let (status, _) = change(&user, &one, &now, json!({"description": "new"})).await;
    assert_eq!(status, 200);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_change_what_they_saw_at_once_one_succeeds(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    let task = user.post(&scene.on_board("tasks"), json!({"title": "T"})).expect(200).await;
    let one = format!("{}/{}", scene.on_board("tasks"), task["id"].as_str().unwrap());
    let answers =
        join_all((0..8).map(|n| change(&user, &one, &task, json!({"description": n.to_string()})))).await;
    let mut statuses: Vec<_> = answers.iter().map(|(status, _)| *status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409, 409, 409, 409, 409]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn boards_and_agents_are_changed_as_they_were_seen_or_not_at_all(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    // A board is changed only while its gateway has a main agent.
    scene.enter(Actor::MainAgent).await;
    let one = scene.on_board("").trim_end_matches('/').to_owned();
    let seen = user.get(&one).expect(200).await;
    user.post(&scene.on_board("tasks"), json!({"title": "T"})).expect(200).await;
    let (status, named) = change(&user, &one, &seen, json!({"name": "Renamed"})).await;
    assert_eq!(status, 200, "tasks make no other version of their board: {named}");
    let late = change(&user, &one, &seen, json!({"max_agents": 3})).await;
    assert_refused(late, &["name"], &named, Value::Null);
    assert_eq!(change(&user, &one, &named, json!({"max_agents": 3})).await.0, 200);

    let one = format!("/api/v1/agents/{}", scene.ada.0);
    let seen = user.get(&one).expect(200).await;
    scene.ada.1.get("/api/v1/agent/healthz").expect(200).await;
    assert_eq!(
        user.get(&one).expect(200).await["version"],
        seen["version"],
        "a check-in makes none of its agent"
    );
    let strange = json!({"version": "of another release"});
    assert_refused(change(&user, &one, &strange, json!({"name": "B"})).await, &[], &seen, Value::Null);
}
