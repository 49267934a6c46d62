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
    let gateway = page["items"][0]["gateway_id"].as_str().unwrap();
    for (of, total) in [(gateway, 1), (places.get("board_id").unwrap(), 0)] {
        let page = user.get(&format!("/api/v1/exec-approvals?gateway_id={of}")).expect(200).await;
        assert_eq!(page["total"], total);
    }
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
    let places = everything::add(&scene, 3).await;
    let user = scene.server.user();
    let report = user.get("/api/v1/usage?group_by=agent,model").expect(200).await;
    assert_eq!(report["groups"].as_array().map(Vec::len), Some(1));
    let group = &report["groups"][0];
    assert_eq!((group["calls"].as_i64(), group["total_tokens"].as_i64()), (Some(3), Some(45)));
    assert_eq!((group["cost_micros"].as_i64(), group["model"].as_str()), (Some(60), Some("model")));
    assert!(group["agent_name"].is_string() && group["day"].is_null());
    let task = places.get("task_id").unwrap();
    let of_task = user.get(&format!("/api/v1/usage?group_by=task&task_id={task}")).expect(200).await;
    let group = &of_task["groups"][0];
    assert_eq!((of_task["total"]["calls"].as_i64(), group["task_id"].as_str()), (Some(1), Some(task)));
    let read = user.get(&format!("/api/v1/boards/{}/tasks/{task}", places.get("board_id").unwrap()));
    let read = read.expect(200).await;
    assert_eq!((&group["task_key"], &group["task_title"]), (&read["key"], &read["title"]));
    let other = uuid::Uuid::new_v4();
    for nothing in [format!("agent_id={other}"), format!("board_id={other}"), "model=none".to_owned()] {
        let report = user.get(&format!("/api/v1/usage?{nothing}")).expect(200).await;
        assert_eq!(report["total"]["calls"], 0, "{nothing}");
    }
    user.get("/api/v1/usage?group_by=moon").expect(422).await;
    user.get("/api/v1/usage?group_by=day,agent,board,task").expect(422).await;
    user.get("/api/v1/usage?format=pdf").expect(422).await;
    let table = user.get("/api/v1/usage?format=csv").send().await;
    assert!(table.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn agents_are_stopped_by_those_who_change_their_board_and_the_fleet_by_admins(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let places = everything::add(&scene, 1).await;
    let run = places.get("run_id").unwrap();
    let agent = format!("/api/v1/agents/{}/stop", scene.ada.0);
    let board = format!("/api/v1/boards/{}/stop", scene.board);
    let why = json!({"reason": "It went astray.", "pause": true});
    let reader = scene.enter(Actor::Reader).await;
    for path in [&agent, &board] {
        reader.post(path, why.clone()).expect(403).await;
    }
    reader.post("/api/v1/stop", why.clone()).expect(403).await;
    reader.post(&format!("/api/v1/runs/{run}/steer"), json!({"text": "Stop."})).expect(403).await;

    let user = scene.enter(Actor::Owner).await;
    let open = user.get("/api/v1/runs?open=true").expect(200).await;
    assert_eq!((open["total"].as_i64(), open["items"][0]["id"].as_str()), (Some(1), Some(run)));
    assert_eq!(user.get("/api/v1/runs?open=false").expect(200).await["total"], 0);
    let stopped = user.post(&agent, why.clone()).expect(202).await;
    assert_eq!((stopped["runs"][0]["id"].as_str(), stopped["agents"].as_i64()), (Some(run), Some(1)));
    assert_eq!(stopped["job_ids"].as_array().map(Vec::len), Some(1));
    let paused = user.get(&format!("/api/v1/agents/{}", scene.ada.0)).expect(200).await;
    assert_eq!(paused["state"], "paused");
    user.post(&board, why.clone()).expect(202).await;
    user.post("/api/v1/stop", why).expect(202).await;
    let read = user.get(&format!("/api/v1/boards/{}", scene.board)).expect(200).await;
    assert!(read["paused_at"].is_string());
    let feed = user.get("/api/v1/activity?limit=50").expect(200).await.to_string();
    assert!(feed.contains("The whole fleet was stopped: It went astray."), "{feed}");
}
