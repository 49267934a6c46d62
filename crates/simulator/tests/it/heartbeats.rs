use mission_control_simulator::{GatewayProfile, TurnCause, TurnOutcome};
use serde_json::json;

use crate::support::{Api, Client, simulator};

#[tokio::test]
async fn an_agent_checks_in_on_its_configured_interval() {
    let api = Api::start().await;
    let simulator = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;
    client.set_file("ada", "AGENTS.md", &api.tools_file("t")).await;

    let patch = json!({"agents": {"entries": {"ada": {"heartbeat": {"every": "50ms", "target": "none"}}}}});
    client.patch_config(&patch).await.unwrap();
    simulator.wait_for_turns(|turns| turns.len() >= 2).await.unwrap();

    let turn = &simulator.turns()[0];
    assert_eq!((turn.cause, &turn.outcome), (TurnCause::Heartbeat, &TurnOutcome::CheckedIn));
    let event = client.event("heartbeat", |_| true).await;
    assert_eq!(event["reason"], "target-none");
}

#[tokio::test]
async fn on_new_gateways_a_target_without_a_route_skips_the_turn() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;

    let patch = json!({"agents": {"entries": {"ada": {"heartbeat": {"every": "20ms", "target": "last"}}}}});
    client.patch_config(&patch).await.unwrap();
    let event = client.event("heartbeat", |_| true).await;

    assert_eq!((&event["status"], &event["reason"]), (&json!("skipped"), &json!("no-route")));
    assert!(simulator.turns().is_empty());
    let last = client.call("last-heartbeat", json!({})).await.unwrap();
    assert_eq!(last["reason"], "no-route");
}

#[tokio::test]
async fn on_old_gateways_the_target_last_runs_the_turn() {
    let simulator = simulator(GatewayProfile::old()).await;
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;
    simulator.edit_config(
        &json!({"agents": {"list": [{"id": "ada", "heartbeat": {"every": "50ms", "target": "last"}}]}}),
    );

    let event = client.event("heartbeat", |_| true).await;

    assert_eq!(event["reason"], "no-target");
    assert_eq!(simulator.turns()[0].agent_id, "ada");
}

#[tokio::test]
async fn a_wake_reaches_the_named_agent_on_new_gateways_and_cannot_name_one_on_old_ones() {
    let modern = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&modern).await;
    client.create_agent("ada").await;
    client.call("wake", json!({"mode": "now", "text": "x", "agentId": "ada"})).await.unwrap();
    modern.wait_for_turns(|turns| turns.iter().any(|turn| turn.agent_id == "ada")).await.unwrap();

    let old = simulator(GatewayProfile::old()).await;
    let mut client = Client::connect(&old).await;
    client.call("wake", json!({"mode": "now", "text": "x", "agentId": "ada"})).await.unwrap_err();
    client.call("wake", json!({"mode": "now", "text": "x"})).await.unwrap();
    old.wait_for_turns(|turns| turns.iter().any(|turn| turn.agent_id == "main")).await.unwrap();
}
