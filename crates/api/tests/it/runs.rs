//! Runs, commands that wait, and usage over REST.

use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::json;

use crate::everything;
use crate::scene::Scene;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn runs_are_listed_read_and_stopped_by_those_who_change_the_board(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let places = everything::add(&scene, 2).await;
    let (run, task) = (places.get("run_id").unwrap(), places.get("task_id").unwrap());
    let user = scene.server.user();
    let page = user.get("/api/v1/runs").expect(200).await;
    assert_eq!((page["total"].as_i64(), page["items"][0]["state"].as_str()), (Some(2), Some("queued")));
    let of_task = user.get(&format!("/api/v1/runs?task_id={task}&state=queued")).expect(200).await;
    assert_eq!((of_task["total"].as_i64(), of_task["items"][0]["id"].as_str()), (Some(1), Some(run)));
    assert_eq!(user.get("/api/v1/runs?state=done").expect(200).await["total"], 0);
    let read = user.get(&format!("/api/v1/runs/{run}")).expect(200).await;
    assert_eq!(read["steps"][0]["key"], "tool:1");

    let reader = scene.enter(Actor::Reader).await;
    assert_eq!(reader.get("/api/v1/runs").expect(200).await["total"], 2);
    reader.post(&format!("/api/v1/runs/{run}/abort"), json!({})).expect(403).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_command_takes_the_decisions_of_its_gateway_from_those_who_change_the_board(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let places = everything::add(&scene, 1).await;
    let decide = format!("/api/v1/exec-approvals/{}/decision", places.get("exec_approval_id").unwrap());
    let user = scene.server.user();
    let page = user.get("/api/v1/exec-approvals?state=pending").expect(200).await;
    assert_eq!(page["items"][0]["allowed_decisions"], json!(["once", "deny"]));
    let refused = user.post(&decide, json!({"decision": "always"})).expect(422).await;
    assert!(refused.to_string().contains("once, deny"), "{refused}");
    let reader = scene.enter(Actor::Reader).await;
    reader.post(&decide, json!({"decision": "deny"})).expect(403).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn use_is_added_up_and_comes_as_a_table_too(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    everything::add(&scene, 3).await;
    let user = scene.server.user();
    let report = user.get("/api/v1/usage?group_by=agent,model").expect(200).await;
    assert_eq!(report["groups"].as_array().map(Vec::len), Some(1));
    let group = &report["groups"][0];
    assert_eq!((group["calls"].as_i64(), group["total_tokens"].as_i64()), (Some(3), Some(45)));
    assert_eq!((group["cost_micros"].as_i64(), group["model"].as_str()), (Some(60), Some("model")));
    assert!(group["agent_name"].is_string() && group["day"].is_null());
    user.get("/api/v1/usage?group_by=moon").expect(422).await;
    user.get("/api/v1/usage?group_by=day,agent,board,task").expect(422).await;
    user.get("/api/v1/usage?format=pdf").expect(422).await;
    let table = user.get("/api/v1/usage?format=csv").send().await;
    assert!(table.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
}
