use mission_control_core::models::{Agent, Board, Gateway, Organization};
use mission_control_store::{agents, boards, gateways, organizations};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::json;

use crate::scene::{Scene, headlines};

fn on(board: impl std::fmt::Display, path: &str) -> String {
    format!("/api/v1/agent/boards/{board}/{path}")
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn agents_work_on_their_own_board_and_main_agents_on_those_of_their_organization_only(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let other_board = Board::new(scene.organization, "Other", "other");
    let foreign = Organization::new("Foreign");
    let foreign_gateway = Gateway::new(foreign.id, "f", "ws://127.0.0.1:1", "~");
    let foreign_board = Board::new(foreign.id, "Foreign", "foreign");
    let main_client = scene.enter(Actor::MainAgent).await;
    let (other, away) = (other_board.id, foreign_board.id);
    scene
        .write(move |tx| {
            organizations::insert(tx, &foreign)?;
            gateways::insert(tx, &foreign_gateway)?;
            boards::insert(tx, &other_board)?;
            boards::insert(tx, &foreign_board)?;
            agents::insert(tx, &Agent::new(foreign_gateway.id, "Stranger"))
        })
        .await;

    for path in ["tasks", "tags", "memory", "approvals"] {
        scene.ada.1.get(&on(scene.board, path)).expect(200).await;
        scene.ada.1.get(&on(other, path)).expect(403).await;
        scene.ada.1.get(&on(away, path)).expect(404).await;
        main_client.get(&on(other, path)).expect(200).await;
        main_client.get(&on(away, path)).expect(404).await;
        scene.server.user().get(&on(scene.board, path)).expect(401).await;
    }
    let seen = scene.ada.1.get("/api/v1/agent/agents").expect(200).await;
    assert_eq!(seen["total"], 3, "those of its board");
    scene.ada.1.get(&format!("/api/v1/agent/agents?board_id={other}")).expect(403).await;
    let seen = main_client.get("/api/v1/agent/agents").expect(200).await;
    assert_eq!(seen["total"], 4, "those of its organization, itself included");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_lead_plans_a_worker_works_and_a_person_approves(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let tasks = on(scene.board, "tasks");
    scene.ada.1.post(&tasks, json!({ "title": "Mine" })).expect(403).await;
    let new = json!({ "title": "Report", "assigned_agent_id": scene.ada.0 });
    let task = scene.lead.1.post(&tasks, new).expect(200).await;
    assert_eq!((&task["created_by_user_id"], &task["status"]), (&json!(null), &json!("inbox")));
    let task = format!("{tasks}/{}", task["id"].as_str().unwrap());

    scene.ada.1.patch(&task, json!({ "title": "Other" })).expect(403).await;
    scene.ada.1.patch(&task, json!({ "status": "in_progress" })).expect(200).await;
    scene.ada.1.post(&format!("{task}/comments"), json!({ "message": "half way @lead" })).expect(200).await;
    let handed =
        scene.ada.1.patch(&task, json!({ "status": "review", "comment": "ready" })).expect(200).await;
    assert_eq!(handed["assigned_agent_id"], json!(scene.lead.0));
    let comments = scene.lead.1.get(&format!("{task}/comments")).expect(200).await;
    assert_eq!((&comments["total"], &comments["items"][0]["message"]), (&json!(2), &json!("half way @lead")));

    let ask = json!({
        "action_type": "task.complete", "confidence": 90, "lead_reasoning": "complete",
        "status": "approved", "task_id": handed["id"],
    });
    let approval = scene.ada.1.post(&on(scene.board, "approvals"), ask).expect(200).await;
    assert_eq!(approval["status"], "pending", "agents do not decide");
    scene.lead.1.patch(&task, json!({ "status": "done" })).expect(409).await;
    let path = scene.on_board(&format!("approvals/{}", approval["id"].as_str().unwrap()));
    scene.server.user().patch(&path, json!({ "status": "approved" })).expect(200).await;
    scene.lead.1.patch(&task, json!({ "status": "done" })).expect(200).await;

    scene.ada.1.delete(&task).expect(403).await;
    scene.lead.1.delete(&task).expect(200).await;
    let (lead, ada) = (scene.lead.0, scene.ada.0);
    let said = scene.headlines().await;
    for expected in headlines(&[(ada, "TASK ASSIGNED"), (lead, "TASK READY FOR LEAD REVIEW")]) {
        assert!(said.contains(&expected), "{expected:?} in {said:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_lead_manages_the_agents_of_its_board_and_only_a_main_agent_speaks_to_leads() {
    let scene = Scene::start(Backend::Sqlite).await;
    let of_bob = |path: &str| on(scene.board, &format!("agents/{}{path}", scene.bob.0));
    let word = json!({ "message": "still there?" });
    scene.ada.1.post(&of_bob("/nudge"), &word).expect(403).await;
    scene.ada.1.get(&of_bob("/soul")).expect(403).await;
    scene.ada.1.put(&of_bob("/soul"), json!({ "content": "x" })).expect(403).await;
    scene.ada.1.delete(&of_bob("")).expect(403).await;
    scene.ada.1.post("/api/v1/agent/agents", json!({ "name": "Eve" })).expect(403).await;
    scene.lead.1.post("/api/v1/agent/agents", json!({ "name": "Eve" })).expect(409).await;
    scene.lead.1.put(&of_bob("/soul"), json!({ "content": " " })).expect(422).await;
    scene.lead.1.put(&of_bob("/soul"), json!({ "content": "{{ broken" })).expect(422).await;
    scene.lead.1.delete(&on(scene.board, &format!("agents/{}", scene.lead.0))).expect(403).await;
    let nobody = on(scene.board, "agents/00000000-0000-4000-8000-000000000000");
    scene.lead.1.post(&format!("{nobody}/nudge"), &word).expect(404).await;
    scene.lead.1.delete(&nobody).expect(200).await;
    let question = json!({ "content": "Go on?" });
    scene.ada.1.post(&on(scene.board, "gateway/main/ask-user"), &question).expect(403).await;
    let to_lead = format!("/api/v1/agent/gateway/boards/{}/lead/message", scene.board);
    scene.lead.1.post(&to_lead, &question).expect(403).await;
    scene.lead.1.post("/api/v1/agent/gateway/leads/broadcast", &question).expect(403).await;
    assert_eq!(scene.headlines().await, [], "nothing was said");
}
