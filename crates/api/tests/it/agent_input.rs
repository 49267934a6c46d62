//! What agents are told about what they send, so that a small model finds its mistake.

use mission_control_core::models::BoardChanges;
use mission_control_store::boards;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

fn agent_path(scene: &Scene, path: &str) -> String {
    format!("/api/v1/agent/boards/{}/{path}", scene.board)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agents_unknown_query_parameter_is_refused_with_the_name_that_was_meant() {
    let scene = Scene::start(Backend::Sqlite).await;
    let path = agent_path(&scene, "tasks?assigned_agent=x&limit=5");
    let refused = scene.ada.1.get(&path).expect(422).await;
    let fault = &refused["detail"][0];
    assert_eq!(
        (&fault["loc"], &fault["type"]),
        (&json!(["query", "assigned_agent"]), &json!("unknown_parameter"))
    );
    assert!(fault["msg"].as_str().unwrap().contains("Did you mean assigned_agent_id?"), "{fault}");
    assert!(refused["next_step"].as_str().unwrap().contains("unassigned"), "{refused}");

    // Routes that people use too, and routes without any parameter.
    for path in [scene.on_board("memory?ischat=true"), "/api/v1/agent/healthz?verbose=1".to_owned()] {
        scene.ada.1.get(&path).expect(422).await;
    }
    let ignored = scene.server.user().get(&scene.on_board("memory?ischat=true")).send().await;
    assert_eq!((ignored.status, ignored.header("x-ignored-parameters")), (200, Some("ischat")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_nobody_read_is_named_in_an_agents_answer() {
    let scene = Scene::start(Backend::Sqlite).await;
    let path = scene.on_board("memory");
    let body = json!({"content": "c", "tag": ["chat"], "urgent": true});
    let answer = scene.ada.1.post(&path, &body).send().await;
    assert_eq!((answer.status, &answer.body["ignored_fields"]), (200, &json!(["tag", "urgent"])));
    assert_eq!(answer.header("x-ignored-fields"), Some("tag, urgent"));
    let answer = scene.server.user().post(&path, &body).send().await;
    assert_eq!(
        (answer.header("x-ignored-fields"), answer.body.get("ignored_fields")),
        (Some("tag, urgent"), None)
    );
    let wrong = scene.ada.1.post(&path, json!({"text": "c"})).expect(422).await;
    assert_eq!(wrong["ignored_fields"], json!(["text"]));
    let plain = scene.ada.1.post(&path, json!({"content": "c"})).expect(200).await;
    assert_eq!(plain.get("ignored_fields"), None);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_move_says_what_is_in_the_way_and_what_to_do(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let (task, first) = (scene.task("write").await, scene.task("read").await);
    let path = agent_path(&scene, &format!("tasks/{}", task.id));
    let board = scene.board;
    let rules =
        BoardChanges { block_status_changes_with_pending_approval: Some(true), ..BoardChanges::default() };
    scene.write(move |tx| boards::update(tx, board, &rules)).await;
    let ask = json!({"action_type": "x", "task_id": task.id, "confidence": 50, "lead_reasoning": "r"});
    let approval = scene.ada.1.post(&agent_path(&scene, "approvals"), ask).expect(200).await;

    let start = json!({"status": "in_progress"});
    let pending = scene.ada.1.patch(&path, &start).expect(409).await;
    assert_eq!(pending["code"], "approval_pending");
    assert_eq!(pending["detail"]["approval_ids"], json!([approval["id"]]));
    assert!(pending["next_step"].as_str().unwrap().contains("approval_ids"));

    let depends = json!({"depends_on_task_ids": [first.id]});
    scene.server.user().patch(&scene.on_board(&format!("tasks/{}", task.id)), depends).expect(200).await;
    let blocked = scene.ada.1.patch(&path, &start).expect(409).await;
    assert_eq!(blocked["code"], "task_blocked_cannot_transition");
    assert_eq!(blocked["detail"]["blocked_by_task_ids"], json!([first.id]));
    assert!(blocked["next_step"].is_string());

    let nobody = scene.ada.1.patch(&path, json!({"title": "t"})).expect(403).await;
    assert_eq!(nobody["code"], "task_update_field_forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn long_texts_are_cut_for_agents_and_come_whole_when_asked_for() {
    let scene = Scene::start(Backend::Sqlite).await;
    let text = "ä".repeat(10_001);
    scene.server.user().post(&scene.on_board("memory"), json!({"content": text})).expect(200).await;
    let list =
        async |path: &str| scene.ada.1.get(&agent_path(&scene, path)).expect(200).await["items"][0].clone();
    let cut = list("memory").await;
    assert_eq!((cut["content"].as_str().unwrap().chars().count(), &cut["truncated"]), (10_000, &json!(true)));
    let whole = list("memory?max_chars=1000000").await;
    assert_eq!((&whole["content"], whole.get("truncated")), (&json!(text), None));

    let task = scene.task("t").await;
    let comments = format!("tasks/{}/comments", task.id);
    scene
        .server
        .user()
        .post(&scene.on_board(&comments), json!({"message": "long comment"}))
        .expect(200)
        .await;
    let cut = list(&format!("{comments}?max_chars=7")).await;
    assert_eq!((&cut["message"], &cut["truncated"]), (&json!("long..."), &Value::Bool(true)));
}
