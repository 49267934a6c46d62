use std::time::Duration;

use mission_control_simulator::GatewayProfile;
use serde_json::json;

use crate::support::{Client, message, simulator};

#[tokio::test]
async fn a_patch_without_or_behind_the_fence_is_refused() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&simulator).await;
    let patch = json!({"tools": {"exec": {"host": "gateway"}}});
    let hash = client.call("config.get", json!({})).await.unwrap()["hash"].clone();

    let error = client.call("config.patch", json!({"raw": patch.to_string()})).await.unwrap_err();
    assert!(message(&error).starts_with("config base hash required"), "{error}");

    let fenced = json!({"raw": patch.to_string(), "baseHash": hash});
    client.call("config.patch", fenced.clone()).await.unwrap();
    let error = client.call("config.patch", fenced).await.unwrap_err();
    assert_eq!(message(&error), "config changed since last load; re-run config.get and retry");
    assert_eq!(simulator.config()["tools"]["exec"]["host"], "gateway");
}

#[tokio::test]
async fn each_generation_refuses_the_other_ones_shape_and_says_where() {
    let modern = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&modern).await;
    let old_shape = json!({
        "agents": {"list": [{"id": "a", "heartbeat": {"every": "10m"}}]},
        "channels": {"defaults": {"heartbeat": {"showOk": false}}},
    });
    let error = client.patch_config(&old_shape).await.unwrap_err();
    assert_eq!(
        message(&error),
        "invalid config: agents: Unrecognized key: \"list\"; channels.defaults: Unrecognized key: \"heartbeat\""
    );
    assert_eq!(error["details"]["issues"][0]["path"], "agents");

    let strict =
        json!({"agents": {"entries": {"a": {"heartbeat": {"every": "10m", "includeReasoning": false}}}}});
    let error = client.patch_config(&strict).await.unwrap_err();
    assert_eq!(error["details"]["issues"][0]["path"], "agents.entries.a.heartbeat");

    let old = simulator(GatewayProfile::old()).await;
    let mut client = Client::connect(&old).await;
    let error = client.patch_config(&json!({"agents": {"entries": {"a": {}}}})).await.unwrap_err();
    assert_eq!(message(&error), "invalid config: agents: Unrecognized key: \"entries\"");
}

#[tokio::test]
async fn the_old_list_merges_by_id_and_the_new_entries_by_key() {
    let old = simulator(GatewayProfile::old()).await;
    let mut client = Client::connect(&old).await;
    client.create_agent("ada").await;
    let patch = json!({"agents": {"list": [{"id": "ada", "heartbeat": {"every": "10m"}}]}});
    client.patch_config(&patch).await.unwrap();
    let ada = old.agents().into_iter().find(|agent| agent.id == "ada").unwrap();
    assert_eq!(
        ada.workspace, "/home/operator/.openclaw/workspace-ada",
        "the patch keeps what it does not name"
    );
    assert_eq!(ada.heartbeat["every"], "10m");

    let modern = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&modern).await;
    client.create_agent("ada").await;
    let patch = json!({"agents": {"entries": {"ada": {"heartbeat": {"every": "10m", "target": "none"}}}}});
    let answer = client.patch_config(&patch).await.unwrap();
    assert!(answer["hash"].as_str().unwrap().starts_with("hmac-sha256:v1:"));
    let ada = modern.agents().into_iter().find(|agent| agent.id == "ada").unwrap();
    assert_eq!((ada.name.as_deref(), &ada.heartbeat["every"]), (Some("ada"), &json!("10m")));
}

#[tokio::test]
async fn the_fourth_write_within_a_minute_is_limited_and_failed_ones_count() {
    let profile = GatewayProfile { restart_delay: Duration::from_secs(60), ..GatewayProfile::old() };
    let simulator = simulator(profile).await;
    let mut client = Client::connect(&simulator).await;
    for _ in 0..3 {
        let refused = json!({"raw": "{}", "baseHash": "stale"});
        let error = client.call("config.patch", refused).await.unwrap_err();
        assert!(message(&error).starts_with("config changed"), "{error}");
    }

    let error = client.patch_config(&json!({})).await.unwrap_err();

    assert_eq!(error["code"], "UNAVAILABLE");
    assert_eq!(message(&error), "rate limit exceeded for config.patch; retry after 60s");
    assert_eq!(error["retryable"], true);
    assert_eq!(error["details"]["limit"], "3 per 60s");
    assert!(error["retryAfterMs"].as_u64().unwrap() > 50_000);
}

#[tokio::test]
async fn a_limited_write_works_again_in_the_next_window() {
    let profile = GatewayProfile {
        config_writes: 1,
        write_window: Duration::from_millis(50),
        ..GatewayProfile::modern()
    };
    let simulator = simulator(profile).await;
    let mut client = Client::connect(&simulator).await;
    client.patch_config(&json!({})).await.unwrap();

    loop {
        match client.patch_config(&json!({})).await {
            Ok(_) => break,
            Err(error) => assert_eq!(error["code"], "UNAVAILABLE"),
        }
    }
}

#[tokio::test]
async fn a_new_gateway_takes_a_patch_over_hot_and_tells_of_it() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&simulator).await;

    let answer = client.patch_config(&json!({"tools": {"exec": {"mode": "full"}}})).await.unwrap();

    assert!(answer.get("restart").is_none());
    let event = client.event("config.changed", |_| true).await;
    assert_eq!(event["hash"], answer["hash"]);
}
