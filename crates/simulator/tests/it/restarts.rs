use std::time::Duration;

use mission_control_simulator::{GatewayProfile, TurnOutcome};
use serde_json::{Value, json};
use tokio_tungstenite::connect_async;

use crate::support::{Api, Client, simulator};

fn quick(profile: GatewayProfile) -> GatewayProfile {
    GatewayProfile {
        restart_delay: Duration::from_millis(100),
        restart_downtime: Duration::from_millis(200),
        ..profile
    }
}

#[tokio::test]
async fn an_old_gateway_answers_a_patch_then_restarts_with_1012_and_comes_back() {
    let simulator = simulator(quick(GatewayProfile::old())).await;
    let mut client = Client::connect(&simulator).await;

    let answer = client.patch_config(&json!({"tools": {"exec": {"host": "gateway"}}})).await.unwrap();
    assert_eq!(answer["restart"]["signal"], "SIGUSR1");
    let (frames, close) = client.until_closed().await;

    assert_eq!(frames.last().unwrap()["event"], "shutdown");
    assert_eq!(frames.last().unwrap()["payload"]["restartExpectedMs"], 1500);
    assert_eq!(close, Some(1012));
    let down = connect_async(simulator.url()).await.unwrap_err();
    assert!(matches!(down, tungstenite::Error::Http(answer) if answer.status() == 503));
    simulator.wait_for_boots(1).await.unwrap();
    Client::connect(&simulator).await;
    assert_eq!(simulator.config()["tools"]["exec"]["host"], "gateway");
}

#[tokio::test]
async fn a_transitional_gateway_restarts_for_channels_before_it_answers() {
    let simulator = simulator(quick(GatewayProfile::transitional())).await;
    let mut client = Client::connect(&simulator).await;

    let answer = client.patch_config(&json!({"tools": {"exec": {"host": "gateway"}}})).await.unwrap();
    assert!(answer.get("restart").is_none());
    let hash = client.call("config.get", json!({})).await.unwrap()["hash"].clone();
    let patch = json!({"channels": {"defaults": {"heartbeat": {"showOk": false}}}});
    let id = client.send("config.patch", json!({"raw": patch.to_string(), "baseHash": hash})).await;
    let (frames, close) = client.until_closed().await;

    assert!(!frames.iter().any(|frame| frame["id"] == id.as_str()), "no answer");
    assert_eq!(close, Some(1012));
    assert_eq!(simulator.config()["channels"]["defaults"]["heartbeat"]["showOk"], false);
}

#[tokio::test]
async fn a_wake_between_the_patch_and_the_restart_is_accepted_and_lost() {
    let api = Api::start().await;
    let profile = GatewayProfile { restart_delay: Duration::from_secs(60), ..GatewayProfile::old() };
    let simulator = simulator(profile).await;
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;
    client.set_file("ada", "TOOLS.md", &api.tools_file("t")).await;
    client.patch_config(&json!({"tools": {"exec": {"host": "gateway"}}})).await.unwrap();

    assert_eq!(client.chat("ada", "Check in.", "k1").await.unwrap()["status"], "started");

    assert_eq!(simulator.turns()[0].outcome, TurnOutcome::Lost);
    assert!(api.requests().is_empty());
}

#[tokio::test]
async fn shutting_down_ends_every_connection() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&simulator).await;
    let url = simulator.url();

    simulator.shutdown().await;

    let _: (Vec<Value>, Option<u16>) = client.until_closed().await;
    connect_async(url).await.unwrap_err();
}
