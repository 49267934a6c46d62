use mission_control_core::models::Agent;
use mission_control_store::agents;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_command_in_the_chat_pauses_and_resumes_the_board_for_everybody_to_see(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    let say = async |text: &str| {
        let message = json!({ "content": text, "tags": ["chat"] });
        user.post(&scene.on_board("memory"), message).expect(200).await;
        let board = user.get(&format!("/api/v1/boards/{}", scene.board)).expect(200).await;
        let agent = user.get(&format!("/api/v1/agents/{}", scene.ada.0)).expect(200).await;
        (board["paused_at"].is_string(), agent["state"] == "paused", agent["heartbeat_every"].clone())
    };
    assert_eq!(say("/pause").await, (true, true, Value::Null));
    assert_eq!(say("/pause").await, (true, true, Value::Null));
    assert_eq!(say("/resume").await, (false, false, json!("10m")));
    let told = scene.events("board.updated").await;
    assert_eq!(told.len(), 2, "one for the pause, one for its end");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_is_paused_and_resumed_by_hand_and_a_paused_one_is_not_woken() {
    let scene = Scene::start(Backend::Sqlite).await;
    let (user, agent) = (scene.server.user(), format!("/api/v1/agents/{}", scene.bob.0));
    let order = |what: &str| user.post(&format!("{agent}/{what}"), json!({}));
    let paused = order("pause").expect(200).await;
    assert_eq!((&paused["state"], paused["paused_at"].is_string()), (&json!("paused"), true));
    let refused = order("wake").expect(409).await;
    assert!(refused["detail"].as_str().unwrap().contains("paused"));
    // It is being provisioned, and will be woken then.
    let resumed = order("resume").expect(200).await;
    assert_eq!((&resumed["state"], &resumed["paused_at"]), (&json!("provisioning"), &Value::Null));
    let refused = order("wake").expect(409).await;
    assert!(refused["detail"].as_str().unwrap().contains("provisioned"));
    scene.ada.1.post(&format!("{agent}/wake"), json!({})).expect(401).await;
    user.post(&format!("/api/v1/agents/{}/pause", uuid::Uuid::new_v4()), json!({})).expect(404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_says_what_becomes_of_heartbeats_while_it_is_idle() {
    let scene = Scene::start(Backend::Sqlite).await;
    let main = Agent::new(scene.gateway, "Main");
    scene.write(move |tx| agents::insert(tx, &main)).await;
    let (user, path) = (scene.server.user(), format!("/api/v1/boards/{}", scene.board));
    let board = user.get(&path).expect(200).await;
    let policy = |board: &Value| {
        ["heartbeat_policy", "heartbeat_floor", "heartbeat_ceiling"].map(|field| board[field].clone())
    };
    assert_eq!(policy(&board), [json!("adaptive"), Value::Null, Value::Null]);
    let change =
        json!({ "heartbeat_policy": "fixed", "heartbeat_floor": "90s", "heartbeat_ceiling": "120 m" });
    let board = user.patch(&path, change).expect(200).await;
    assert_eq!(policy(&board), [json!("fixed"), json!("90s"), json!("2h")]);
    let board = user.patch(&path, json!({ "heartbeat_floor": null })).expect(200).await;
    assert_eq!(policy(&board), [json!("fixed"), Value::Null, json!("2h")]);
    for wrong in [
        json!({ "heartbeat_policy": "sometimes" }),
        json!({ "heartbeat_floor": "10s" }),
        json!({ "heartbeat_ceiling": "0m" }),
        json!({ "heartbeat_ceiling": "soon" }),
    ] {
        user.patch(&path, wrong).expect(422).await;
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_an_agent_does_is_counted_per_day(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let path = format!("/api/v1/agents/{}/activity-counts", scene.ada.0);
    let user = scene.server.user();
    assert_eq!(user.get(&path).expect(200).await, json!({ "days": [] }));
    for _ in 0..2 {
        scene.ada.1.post("/api/v1/agent/heartbeat", json!({})).expect(200).await;
    }
    let counts = user.get(&path).expect(200).await;
    let today = &counts["days"][0];
    assert_eq!(
        (&today["heartbeats"], &today["wakes"], &today["messages"]),
        (&json!(2), &json!(0), &json!(0))
    );
    user.get(&format!("{path}?days=0")).expect(422).await;
    user.get(&format!("/api/v1/agents/{}/activity-counts", uuid::Uuid::new_v4())).expect(404).await;
}
