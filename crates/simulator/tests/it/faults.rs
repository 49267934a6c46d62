use std::time::Duration;

use mission_control_simulator::{
    Fault, FaultScript, GatewayProfile, Outcome, Simulator, SimulatorConfig, SimulatorError, Trigger,
    TurnOutcome,
};
use serde_json::json;

use crate::support::{Client, message, simulator};

#[tokio::test]
async fn a_restart_mid_call_takes_effect_without_an_answer() {
    let profile = GatewayProfile { restart_downtime: Duration::from_millis(100), ..GatewayProfile::modern() };
    let simulator = simulator(profile).await;
    simulator.set_faults(FaultScript::one(Trigger::nth("agents.create", 1), Fault::RestartMidCall));
    let mut client = Client::connect(&simulator).await;

    let id = client.send("agents.create", json!({"name": "ada", "workspace": "/w"})).await;
    let (frames, close) = client.until_closed().await;

    assert!(!frames.iter().any(|frame| frame["id"] == id.as_str()), "no answer");
    assert_eq!(close, Some(1012));
    assert!(simulator.agents().iter().any(|agent| agent.id == "ada"));
    simulator.wait_for_boots(1).await.unwrap();
    let mut client = Client::connect(&simulator).await;
    client.create_agent("bob").await;
}

#[tokio::test]
async fn a_lost_wake_is_accepted_and_never_runs() {
    let simulator = simulator(GatewayProfile::modern()).await;
    simulator.set_faults(FaultScript::one(Trigger::nth("chat.send", 1), Fault::LoseWake));
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;

    assert_eq!(client.chat("ada", "one", "k1").await.unwrap()["status"], "started");
    client.chat("ada", "two", "k2").await.unwrap();
    let last = client.event("chat", |payload| payload["state"] == "final").await;

    assert_eq!(last["runId"], "k2");
    let outcomes: Vec<_> = simulator.turns().into_iter().map(|turn| turn.outcome).collect();
    assert_eq!(outcomes, [TurnOutcome::Lost, TurnOutcome::NoCredentials]);
}

#[tokio::test]
async fn a_failed_turn_ends_with_an_error_event_and_can_be_sent_again_under_a_new_key() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let fault = Fault::FailTurn { message: "superseded".into() };
    simulator.set_faults(FaultScript::one(Trigger::nth("chat.send", 1), fault));
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;

    client.chat("ada", "one", "k1").await.unwrap();
    let failed = client.event("chat", |payload| payload["state"] == "error").await;
    assert_eq!((&failed["runId"], &failed["errorMessage"]), (&json!("k1"), &json!("superseded")));
    let ended = client.call("agent.wait", json!({"runId": "k1", "timeoutMs": 5000})).await.unwrap();
    assert_eq!((&ended["status"], &ended["error"]), (&json!("error"), &json!("superseded")));
    client.chat("ada", "two", "k2").await.unwrap();
    client.event("chat", |payload| payload["state"] == "final").await;
}

#[tokio::test]
async fn a_closed_or_dropped_connection_leaves_the_request_without_effect() {
    for (fault, code) in [(Fault::Close1012, Some(1012)), (Fault::DropConnection, None)] {
        let simulator = simulator(GatewayProfile::modern()).await;
        simulator.set_faults(FaultScript::one(Trigger::always("agents.create"), fault));
        let mut client = Client::connect(&simulator).await;

        client.send("agents.create", json!({"name": "ada", "workspace": "/w"})).await;
        let (_, close) = client.until_closed().await;

        assert_eq!(close, code);
        assert!(!simulator.agents().iter().any(|agent| agent.id == "ada"));
        assert_eq!(simulator.log().last().unwrap().outcome, Outcome::Pending);
    }
}

#[tokio::test]
async fn every_second_request_of_one_agent_can_be_refused() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let on = Trigger { every: Some(2), agent: Some("ada".into()), ..Trigger::always("*") };
    let fault = Fault::Error { code: "UNAVAILABLE".into(), message: "busy".into() };
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;
    client.create_agent("bob").await;
    simulator.set_faults(FaultScript::one(on, fault));

    let mut refused = Vec::new();
    for agent in ["ada", "bob", "ada", "bob", "ada", "ada"] {
        if let Err(error) = client.call("agents.files.list", json!({"agentId": agent})).await {
            assert_eq!(message(&error), "busy");
            refused.push(agent);
        }
    }
    assert_eq!(refused, ["ada", "ada"]);
}

#[tokio::test]
async fn a_delayed_request_lets_later_ones_pass_and_a_limited_one_says_how_long() {
    let simulator = simulator(GatewayProfile::modern()).await;
    simulator.set_faults(
        FaultScript::one(Trigger::always("status"), Fault::Delay { ms: 300 })
            .and(Trigger::always("config.patch"), Fault::RateLimit { retry_after_ms: 1500 }),
    );
    let mut client = Client::connect(&simulator).await;

    let delayed = client.send("status", json!({})).await;
    client.call("health", json!({})).await.unwrap();
    assert_eq!(client.answer(&delayed).await["ok"], true);

    let error = client.call("config.patch", json!({"raw": "{}"})).await.unwrap_err();
    assert_eq!(message(&error), "rate limit exceeded for config.patch; retry after 2s");
    assert_eq!(error["retryAfterMs"], 1500);
}

#[test]
fn a_script_is_read_from_json() {
    let text = r#"{"rules": [
        {"on": {"method": "config.patch", "nth": 1}, "do": "restart_mid_call"},
        {"on": {"method": "*", "probability": 0.5}, "do": "close_1012"},
        {"on": {"method": "chat.send", "every": 3, "agent": "ada"}, "do": {"delay": {"ms": 5}}}
    ]}"#;
    let script: FaultScript = serde_json::from_str(text).unwrap();
    let faults: Vec<_> = script.rules.iter().map(|rule| rule.fault.clone()).collect();
    assert_eq!(faults, [Fault::RestartMidCall, Fault::Close1012, Fault::Delay { ms: 5 }]);
    assert!(serde_json::from_str::<FaultScript>(r#"{"rules":[],"typo":1}"#).is_err());
}

#[tokio::test]
async fn the_log_records_requests_in_order_with_their_outcome() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&simulator).await;
    client.call("agents.create", json!({"name": "ada", "workspace": "/w"})).await.unwrap();
    client.call("nope", json!({})).await.unwrap_err();

    simulator.wait_for(|log| log.len() == 3).await.unwrap();

    let log = simulator.log();
    let methods: Vec<_> = log.iter().map(|request| request.method.as_str()).collect();
    assert_eq!(methods, ["connect", "agents.create", "nope"]);
    assert_eq!(log[1].text("name"), Some("ada"));
    assert_eq!(log[1].outcome, Outcome::Ok);
    assert_eq!(log[2].outcome, Outcome::Error("unknown method: nope".into()));
}

#[tokio::test]
async fn a_wait_in_vain_tells_what_did_happen() {
    let config = SimulatorConfig { patience: Duration::from_millis(10), ..SimulatorConfig::default() };
    let simulator = Simulator::start(config).await.unwrap();
    let error = simulator.wait_for(|log| !log.is_empty()).await.unwrap_err();
    assert!(matches!(error, SimulatorError::WaitedInVain { methods, .. } if methods.is_empty()));
}
