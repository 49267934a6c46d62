//! A pause is a stop: what a paused agent may still do, and who may pause and resume.

use mission_control_api::openapi;
use mission_control_core::models::AgentChanges;
use mission_control_core::time::Timestamp;
use mission_control_store::{agents, boards};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::client::TestClient;
use mission_control_testkit::scratch::Backend;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::access::Route;
use crate::everything;
use crate::scene::Scene;

/// What a paused agent goes on to send.
pub(crate) const CHECK_INS: [&str; 3] = [
    "POST /api/v1/agent/heartbeat",
    "POST /api/v1/agents/heartbeat",
    "POST /api/v1/agents/{agent_id}/heartbeat",
];

async fn is_paused(scene: &Scene) -> bool {
    let board = scene.board;
    scene.write(move |tx| boards::find(tx, board)).await.unwrap().paused_at.is_some()
}

async fn call_tool(client: &TestClient, name: &str, arguments: Value) -> Value {
    let call = json!({
        "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": name, "arguments": arguments },
    });
    client.post("/mcp", call).expect(200).await["result"].clone()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn only_people_pause_and_resume_a_board_whatever_agents_write(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start_with(backend, &[("PROVISION_WAIT_SECONDS", "0")]).await;
    let (user, chat) = (scene.server.user(), scene.on_board("memory"));
    let (for_agents, of_group) = (chat.replace("/boards/", "/agent/boards/"), scene.on_board("group-memory"));
    let main = scene.enter(Actor::MainAgent).await;
    scene.enter(Actor::Owner).await;
    for (command, paused) in [("/resume", false), ("/pause", true)] {
        if paused {
            // What is left to show is that nobody of them can lift it.
            user.post(&chat, json!({ "content": " /PAUSE ", "tags": ["chat"] })).expect(200).await;
            assert!(is_paused(&scene).await);
        }
        let other = if paused { "/resume" } else { "/pause" };
        let said = json!({ "content": other, "tags": ["chat"] });
        for agent in [&scene.lead.1, &scene.ada.1, &main] {
            for path in [&chat, &for_agents, &of_group] {
                agent.post(path, &said).send().await;
            }
            call_tool(
                agent,
                "write_memory",
                json!({ "content": other, "tags": ["chat"], "board_id": scene.board }),
            )
            .await;
            call_tool(agent, "message_lead", json!({ "content": other, "board_id": scene.board })).await;
        }
        assert_eq!(is_paused(&scene).await, paused, "{command}");
    }
    let as_it_is = scene.messages().await.into_iter().filter(|(_, text)| text.starts_with('/'));
    assert_eq!(as_it_is.count(), 3, "the command of the person, to each agent of the board");
    user.post(&chat, json!({ "content": "/resume", "tags": ["chat"] })).expect(200).await;
    assert!(!is_paused(&scene).await);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_paused_agent_changes_nothing_on_any_route_and_reads_and_checks_in(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let variables = [("PROVISION_WAIT_SECONDS", "0"), ("SOULS_DIRECTORY_URL", "http://127.0.0.1:1")];
    let scene = Scene::start_with(backend, &variables).await;
    let places = everything::add(&scene, 1).await;
    let main = scene.enter(Actor::MainAgent).await;
    let now = Timestamp::now();
    let board = scene.board;
    scene
        .write(move |tx| {
            for agent in agents::of_board(tx, board)? {
                let paused = AgentChanges { paused_at: Some(Some(now)), ..AgentChanges::default() };
                agents::update(tx, agent.id, &paused)?;
            }
            let gateway = boards::find(tx, board)?.unwrap().gateway_id.unwrap();
            let main = agents::main_of(tx, gateway)?.unwrap();
            let paused = AgentChanges { paused_at: Some(Some(now)), ..AgentChanges::default() };
            agents::update(tx, main.id, &paused)
        })
        .await;
    let document = serde_json::to_value(openapi::document()).unwrap();
    let mut tried = 0;
    for route in
        Route::all(&document).iter().filter(|route| route.admits("agent") && route.takes_a_credential())
    {
        let name = route.name();
        for client in [&scene.lead.1, &scene.ada.1, &main] {
            let call = client.call(route.method(), &route.path(&places)).json(route.body(&places));
            if route.method() == Method::GET {
                let status = call.status().await;
                assert!(![401, 409].contains(&status) && status != 500, "{name}: {status}");
                continue;
            }
            let answer = call.send().await;
            if CHECK_INS.contains(&name.as_str()) || name == "POST /mcp" {
                assert_ne!(answer.body["code"], "agent_paused", "{name}");
                continue;
            }
            tried += 1;
            assert_eq!(
                (answer.status, &answer.body["code"]),
                (403, &json!("agent_paused")),
                "{name}: {}",
                answer.body
            );
            assert!(answer.body["next_step"].is_string(), "{name}");
        }
    }
    assert!(tried > 50, "only {tried} writes were tried");

    let listed: Value = scene
        .ada
        .1
        .post("/mcp", json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }))
        .expect(200)
        .await;
    for tool in listed["result"]["tools"].as_array().unwrap() {
        let arguments = json!({
            "task_id": places.get("task_id"), "title": "x", "content": "x", "message": "x",
            "action_type": "x", "confidence": 1, "lead_reasoning": "x",
        });
        let name = tool["name"].as_str().unwrap();
        let result = call_tool(&scene.ada.1, name, arguments).await;
        let reads = tool["annotations"]["readOnlyHint"] == json!(true);
        let paused = result["structuredContent"]["code"] == json!("agent_paused");
        assert_eq!((paused, result["isError"] == json!(true)), (!reads, !reads), "{name}: {result}");
    }
}
