use std::time::Duration;

use mission_control_simulator::{AgentBehaviour, GatewayProfile, Simulator, SimulatorConfig, TurnOutcome};
use serde_json::json;

use crate::support::{Client, connect_params, message, simulator};

/// Agents that never answer within a test.
async fn slow_simulator() -> Simulator {
    Simulator::start(SimulatorConfig {
        agent_behaviour: AgentBehaviour::Silent,
        turn_delay: Duration::from_secs(600),
        ..SimulatorConfig::default()
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn a_message_starts_a_run_that_ends_with_a_final_event_and_an_answer_in_the_history() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;

    let started = client.chat("ada", "hello", "k1").await.unwrap();
    assert_eq!(started, json!({"runId": "k1", "status": "started"}));
    let last = client.event("chat", |payload| payload["state"] == "final").await;
    assert_eq!(last["runId"], "k1");
    assert_eq!(last["message"]["role"], "assistant");

    let history = client.call("chat.history", json!({"sessionKey": "agent:ada:main"})).await.unwrap();
    let roles: Vec<_> = history["messages"].as_array().unwrap().iter().map(|row| &row["role"]).collect();
    assert_eq!(roles, ["user", "assistant"]);
    let done = client.call("agent.wait", json!({"runId": "k1", "timeoutMs": 5000})).await.unwrap();
    assert_eq!(done["status"], "ok");
}

#[tokio::test]
async fn the_same_idempotency_key_never_starts_a_second_run() {
    let simulator = slow_simulator().await;
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;

    client.chat("ada", "hello", "k1").await.unwrap();
    let again = client.chat("ada", "hello", "k1").await.unwrap();

    assert_eq!(again, json!({"runId": "k1", "status": "in_flight"}));
    assert_eq!(simulator.sessions()[0].messages.len(), 1);
}

#[tokio::test]
async fn a_finished_run_answers_its_key_with_its_result() {
    let simulator = simulator(GatewayProfile::old()).await;
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;
    client.chat("ada", "hello", "k1").await.unwrap();
    client.event("chat", |payload| payload["state"] == "final").await;

    assert_eq!(client.chat("ada", "hello", "k1").await.unwrap()["status"], "ok");
    assert_eq!(simulator.turns().len(), 1);
}

#[tokio::test]
async fn an_unknown_agent_is_an_error_on_new_gateways_and_runs_on_old_ones() {
    let modern = simulator(GatewayProfile::modern()).await;
    let error = Client::connect(&modern).await.chat("nobody", "hello", "k1").await.unwrap_err();
    assert_eq!(message(&error), "Agent \"nobody\" no longer exists in configuration");

    let old = simulator(GatewayProfile::old()).await;
    let mut client = Client::connect(&old).await;
    client.chat("nobody", "hello", "k1").await.unwrap();
    client.event("chat", |payload| payload["state"] == "final").await;
    assert_eq!(old.turns()[0].outcome, TurnOutcome::NoCredentials);
}

#[tokio::test]
async fn an_aborted_run_says_so_to_those_who_wait_and_listen() {
    let simulator = slow_simulator().await;
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;
    client.chat("ada", "hello", "k1").await.unwrap();

    let timeout = client.call("agent.wait", json!({"runId": "k1", "timeoutMs": 1})).await.unwrap();
    assert_eq!(timeout["status"], "timeout");
    let aborted = client.call("chat.abort", json!({"sessionKey": "agent:ada:main"})).await.unwrap();
    assert_eq!(aborted["runIds"], json!(["k1"]));
    client.event("chat", |payload| payload["state"] == "aborted").await;
    let ended = client.call("agent.wait", json!({"runId": "k1", "timeoutMs": 5000})).await.unwrap();
    assert_eq!(ended["status"], "error");
}

#[tokio::test]
async fn an_exec_approval_is_told_listed_and_resolved_once() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&simulator).await;

    let id = simulator.request_exec_approval("main", "rm -rf /tmp/x");
    let told = client.event("exec.approval.requested", |_| true).await;
    assert_eq!(told["request"]["command"], "rm -rf /tmp/x");
    let listed = client.call("exec.approval.list", json!({})).await.unwrap();
    assert_eq!(listed[0]["id"], id.as_str());

    let resolve = json!({"id": id, "decision": "allow-once"});
    client.call("exec.approval.resolve", resolve.clone()).await.unwrap();
    client.event("exec.approval.resolved", |payload| payload["id"] == id.as_str()).await;
    let error = client.call("exec.approval.resolve", resolve).await.unwrap_err();
    assert_eq!(message(&error), "unknown or expired approval id");
}

#[tokio::test]
async fn newer_gateways_tell_of_approvals_only_where_they_are_taken() {
    for (profile, told) in [(GatewayProfile::transitional(), true), (GatewayProfile::modern(), false)] {
        let simulator = simulator(profile).await;
        let mut deaf = Client::open(&simulator.url()).await;
        let mut params = connect_params(simulator.token());
        params["caps"] = json!(["tool-events"]);
        deaf.call("connect", params).await.unwrap();
        simulator.request_exec_approval("main", "ls");
        // Something that everybody hears comes after it.
        simulator.restart();
        let (frames, _) = deaf.until_closed().await;
        assert_eq!(frames.iter().any(|frame| frame["event"] == "exec.approval.requested"), told);
    }
}

#[tokio::test]
async fn answers_cost_tokens_that_the_usage_methods_agree_on() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;
    for key in ["k1", "k2"] {
        client.chat("ada", "hello", key).await.unwrap();
        client.event("chat", |payload| payload["state"] == "final").await;
    }

    let all = json!({"limit": 5, "agentScope": "all"});
    let counting = client.call("sessions.usage", all.clone()).await.unwrap();
    assert_eq!(
        (&counting["cacheStatus"]["status"], &counting["totals"]["totalTokens"]),
        (&json!("refreshing"), &json!(0))
    );
    let by_session = client.call("sessions.usage", all).await.unwrap();
    assert_eq!(by_session["cacheStatus"]["status"], "fresh");
    client.call("usage.cost", json!({"agentId": "ada"})).await.unwrap();
    let cost = client.call("usage.cost", json!({"agentId": "ada"})).await.unwrap();
    let unasked = client.call("usage.cost", json!({})).await.unwrap();
    assert_eq!(unasked["totals"]["totalTokens"], 0, "of the default agent");
    let series = client.call("sessions.usage.timeseries", json!({"key": "agent:ada:main"})).await.unwrap();

    let tokens = by_session["sessions"][0]["usage"]["totalTokens"].as_u64().unwrap();
    assert!(tokens > 0);
    assert_eq!(cost["totals"]["totalTokens"], tokens);
    assert_eq!(series["points"].as_array().unwrap().len(), 2);
    assert_eq!(series["points"][1]["cumulativeTokens"], tokens);
}

#[tokio::test]
async fn sessions_changed_goes_only_to_those_who_subscribed() {
    let simulator = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&simulator).await;

    client.call("sessions.patch", json!({"key": "agent:main:main", "label": "before"})).await.unwrap();
    client.call("sessions.subscribe", json!({})).await.unwrap();
    client.call("sessions.reset", json!({"key": "agent:main:main"})).await.unwrap();

    let first = client.event("sessions.changed", |_| true).await;
    assert_eq!(first["reason"], "reset");
}
