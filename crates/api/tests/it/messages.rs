use std::time::Duration;

use mission_control_core::models::{AgentChanges, AgentStatus, MessageChanges, MessageState};
use mission_control_core::time::Timestamp;
use mission_control_store::{agents, messages};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::everything;
use crate::scene::Scene;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_to_an_agent_is_listed_by_agent_by_task_and_for_its_sender(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let task = scene.task("Dig").await;
    let of_task = scene.on_board(&format!("tasks/{}", task.id));
    let assignment = json!({ "assigned_agent_id": scene.bob.0 });
    scene.server.user().patch(&of_task, assignment).expect(200).await;
    let comment = json!({ "message": "@bob take the small shovel" });
    scene
        .ada
        .1
        .post(&format!("/api/v1/agent/boards/{}/tasks/{}/comments", scene.board, task.id), comment)
        .expect(200)
        .await;

    let said = scene.server.user().get(&format!("/api/v1/agents/{}/messages", scene.bob.0)).expect(200).await;
    assert_eq!(said["total"], 2);
    let [mention, assignment] = [&said["items"][0], &said["items"][1]];
    assert_eq!((&mention["kind"], &assignment["kind"]), (&json!("mention"), &json!("assignment")));
    assert_eq!(
        (&mention["from_agent_id"], &assignment["from_agent_id"]),
        (&json!(scene.ada.0), &json!(null))
    );
    assert!(mention["text"].as_str().unwrap().contains("the small shovel"));
    for message in [mention, assignment] {
        assert_eq!(message["task_id"], json!(task.id));
        assert_eq!(message["board_id"], json!(scene.board));
        assert_eq!(message["created_at"].as_str().unwrap().len(), 26, "{message}");
    }
    let failed = format!("/api/v1/agents/{}/messages?state=failed", scene.bob.0);
    assert_eq!(scene.server.user().get(&failed).expect(200).await["total"], 0);
    scene.server.user().get(&format!("/api/v1/agents/{}/messages?state=lost", scene.bob.0)).expect(422).await;

    for client in [scene.server.user(), scene.bob.1.clone()] {
        assert_eq!(client.get(&format!("{of_task}/messages")).expect(200).await["total"], 2);
    }
    let sent = scene.ada.1.get("/api/v1/agent/messages").expect(200).await;
    assert_eq!((&sent["total"], &sent["items"][0]["id"]), (&json!(1), &mention["id"]));
    assert_eq!(scene.bob.1.get("/api/v1/agent/messages").expect(200).await["total"], 0);
    scene.bob.1.get(&format!("/api/v1/agents/{}/messages", scene.bob.0)).expect(401).await;

    let at_gateway = format!("/api/v1/gateways/{}/messages", scene.gateway);
    let there = scene.server.user().get(&at_gateway).expect(200).await;
    // Its attempts go on meanwhile.
    let ids = |listed: &Value| [listed["items"][0]["id"].clone(), listed["items"][1]["id"].clone()];
    assert_eq!((&there["total"], ids(&there)), (&json!(2), ids(&said)));
    assert_eq!(scene.server.user().get(&format!("{at_gateway}?state=seen")).expect(200).await["total"], 0);

    let told = scene.events("message.created").await;
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|event| event.board_id == Some(scene.board)));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_said_once_more_and_one_on_its_way_is_not(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let places = everything::add(&scene, 1).await;
    let (gateway, message) = (scene.gateway, places.get("message_id").unwrap());
    let again = format!("/api/v1/gateways/{gateway}/messages/{message}/repeat");
    let user = scene.server.user();
    let first = user.post(&again, json!({})).expect(200).await;
    assert_eq!((&first["state"], &first["failed_at"]), (&json!("queued"), &json!(null)));
    let second = user.post(&again, json!({})).expect(200).await;
    assert_eq!(second["state"], "queued");
    let jobs = user.get("/api/v1/jobs?kind=agent.message").expect(200).await;
    assert_eq!(jobs["total"], 1, "{jobs}");
    let elsewhere = format!("/api/v1/gateways/{}/messages/{message}/repeat", scene.board);
    user.post(&elsewhere, json!({})).expect(404).await;
    scene.enter(Actor::Reader).await.post(&again, json!({})).expect(403).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn any_call_of_an_agent_shows_that_it_is_alive_and_has_what_it_was_sent(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let bob = scene.bob.0;
    let seen = async || {
        let agent = scene.server.user().get(&format!("/api/v1/agents/{bob}")).expect(200).await;
        agent["last_seen_at"].clone()
    };
    scene.bob.1.get("/api/v1/agent/healthz").expect(200).await;
    let first = seen().await;
    assert!(first.is_string());
    assert_eq!(scene.events("agent.updated").await.len(), 1, "it came online");
    scene.bob.1.get("/api/v1/agent/healthz").expect(200).await;
    assert_eq!(seen().await, first, "not every call is written down");

    let chat = json!({ "content": "@bob hello", "tags": ["chat"] });
    scene.server.user().post(&scene.on_board("memory"), chat).expect(200).await;
    let mut said = scene.server.user().get(&format!("/api/v1/agents/{bob}/messages")).expect(200).await;
    let id = said["items"][0]["id"].as_str().unwrap().parse().unwrap();
    scene
        .write(move |tx| {
            let now = Timestamp::now();
            let sent = MessageChanges {
                state: Some(MessageState::Sent),
                sent_at: Some(Some(now)),
                ..MessageChanges::default()
            };
            messages::update(tx, id, &sent)?;
            messages::note_for(tx, bob, now)
        })
        .await;
    scene.bob.1.get("/api/v1/agent/healthz").expect(200).await;
    said = scene.server.user().get(&format!("/api/v1/agents/{bob}/messages")).expect(200).await;
    assert_eq!(said["items"][0]["state"], "seen");
    assert_ne!(seen().await, first);
    assert_eq!(scene.events("agent.updated").await.len(), 1, "its status did not change");

    let long_ago = Timestamp::now().minus(Duration::from_secs(7_200));
    let silent = AgentChanges {
        last_seen_at: Some(Some(long_ago)),
        status: Some(AgentStatus::Offline),
        ..AgentChanges::default()
    };
    scene.write(move |tx| agents::update(tx, bob, &silent)).await;
    scene.bob.1.get("/api/v1/agent/healthz").expect(200).await;
    let events = scene.events("agent.updated").await;
    assert_eq!((events.len(), &events[1].payload["agent"]["status"]), (2, &json!("online")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guide_names_the_calls_of_the_callers_role() {
    let scene = Scene::start(Backend::Sqlite).await;
    let guide = scene.ada.1.get("/api/v1/agent/guide").expect(200).await;
    let guide = guide.as_str().unwrap();
    assert!(
        guide.contains(&format!("/api/v1/agent/boards/{}/tasks/<TASK_ID>/claim", scene.board)),
        "{guide}"
    );
    let of_lead = scene.lead.1.get("/api/v1/agent/guide").expect(200).await;
    assert!(of_lead.as_str().unwrap().contains("/nudge"));
    scene.server.user().get("/api/v1/agent/guide").expect(401).await;
}
