use std::sync::Mutex;
use std::time::Duration;

use mission_control_simulator::{
    AgentBehaviour, GatewayProfile, Simulator, SimulatorConfig, TurnCause, TurnOutcome,
};
use serde_json::json;

use crate::support::{Api, Client, simulator};

#[tokio::test]
async fn a_woken_agent_checks_in_with_the_token_of_its_workspace_files() {
    for (profile, file) in [(GatewayProfile::old(), "TOOLS.md"), (GatewayProfile::modern(), "AGENTS.md")] {
        let api = Api::start().await;
        let simulator = simulator(profile).await;
        let mut client = Client::connect(&simulator).await;
        client.create_agent("ada").await;
        client.set_file("ada", file, &api.tools_file("token-of-ada")).await;

        client.chat("ada", "Check in.", "k1").await.unwrap();
        client.event("chat", |payload| payload["state"] == "final").await;

        let requests = api.requests();
        assert_eq!(requests.len(), 1);
        assert_eq!(
            (requests[0].method.as_str(), requests[0].path.as_str()),
            ("POST", "/api/v1/agent/heartbeat")
        );
        assert_eq!(requests[0].token, "token-of-ada");
        assert_eq!(simulator.turns()[0].outcome, TurnOutcome::CheckedIn);
    }
}

#[tokio::test]
async fn a_refused_or_unanswered_check_in_is_on_record() {
    let api = Api::answering(|_| (401, json!({"detail": "no"}))).await;
    let simulator = simulator(GatewayProfile::modern()).await;
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;

    client.set_file("ada", "AGENTS.md", &api.tools_file("stale")).await;
    client.chat("ada", "Check in.", "k1").await.unwrap();
    simulator.wait_for_turns(|turns| turns.len() == 1).await.unwrap();
    drop(api);
    client.set_file("ada", "AGENTS.md", "BASE_URL=http://127.0.0.1:1 AUTH_TOKEN=t").await;
    client.chat("ada", "Check in.", "k2").await.unwrap();
    simulator.wait_for_turns(|turns| turns.len() == 2).await.unwrap();

    let outcomes: Vec<_> = simulator.turns().into_iter().map(|turn| turn.outcome).collect();
    assert_eq!(outcomes, [TurnOutcome::Refused(401), TurnOutcome::Unreachable]);
}

#[tokio::test]
async fn a_silent_agent_answers_in_the_chat_and_never_calls() {
    let api = Api::start().await;
    let simulator = Simulator::start(SimulatorConfig {
        agent_behaviour: AgentBehaviour::Silent,
        ..SimulatorConfig::default()
    })
    .await
    .unwrap();
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;
    client.set_file("ada", "AGENTS.md", &api.tools_file("t")).await;

    client.chat("ada", "Check in.", "k1").await.unwrap();
    client.event("chat", |payload| payload["state"] == "final").await;

    assert!(api.requests().is_empty());
    assert_eq!(simulator.turns()[0].outcome, TurnOutcome::Silent);
}

/// A gateway with one working agent whose API is `api`.
async fn working(api: &Api) -> Simulator {
    let simulator = Simulator::start(SimulatorConfig {
        agent_behaviour: AgentBehaviour::Works { pace: Duration::from_millis(30) },
        turn_delay: Duration::ZERO,
        ..SimulatorConfig::default()
    })
    .await
    .unwrap();
    let mut client = Client::connect(&simulator).await;
    client.create_agent("ada").await;
    client.set_file("ada", "AGENTS.md", &api.tools_file("t")).await;
    let patch = json!({"agents": {"entries": {"ada": {"heartbeat": {"every": "10m", "target": "none"}}}}});
    client.patch_config(&patch).await.unwrap();
    simulator
}

#[tokio::test]
async fn a_working_agent_takes_an_unassigned_task_and_brings_it_to_review() {
    let status = Mutex::new("inbox".to_owned());
    let api = Api::answering(move |request| {
        let mut status = status.lock().unwrap();
        let path = request.path.strip_prefix("/api/v1/agent/").unwrap();
        match (request.method.as_str(), path) {
            ("POST", "heartbeat") => {
                (200, json!({"id": "a1", "board_id": "b1", "name": "Ada", "status": "online"}))
            }
            ("GET", list) if list.starts_with("boards/b1/tasks?") => {
                let unassigned = list.contains("unassigned=true") == (*status == "inbox");
                let found = list.contains(&format!("status={status}&")) && unassigned;
                let task = json!({"id": "t1", "title": "Write the report"});
                (200, json!({"items": if found { vec![task] } else { vec![] }}))
            }
            ("PATCH", "boards/b1/tasks/t1") => {
                *status = request.body["status"].as_str().unwrap().to_owned();
                (200, json!({}))
            }
            ("POST", "boards/b1/tasks/t1/comments") => (200, json!({})),
            _ => (404, json!({"detail": "not found"})),
        }
    })
    .await;
    let simulator = working(&api).await;

    let moves = || -> Vec<String> {
        let requests = api.requests();
        let patches = requests.iter().filter(|request| request.method == "PATCH");
        patches.map(|request| request.body["status"].as_str().unwrap().to_owned()).collect()
    };
    simulator.wait_for_turns(|_| moves().len() >= 2).await.unwrap();

    assert_eq!(moves()[..2], ["in_progress", "review"]);
}

#[tokio::test]
async fn a_working_lead_asks_once_for_an_approval_and_closes_the_task_when_it_is_given() {
    let approval = Mutex::new(None::<&str>);
    let api = Api::answering(move |request| {
        let mut approval = approval.lock().unwrap();
        let path = request.path.strip_prefix("/api/v1/agent/").unwrap();
        match (request.method.as_str(), path) {
            ("POST", "heartbeat") => (200, json!({"id": "a1", "board_id": "b1", "is_board_lead": true})),
            ("GET", list) if list.starts_with("boards/b1/tasks?status=review") => {
                (200, json!({"items": [{"id": "t1", "title": "Write the report"}]}))
            }
            ("GET", list) if list.starts_with("boards/b1/approvals?") => {
                let items: Vec<_> =
                    approval.iter().map(|status| json!({"task_ids": ["t1"], "status": status})).collect();
                // A person decides after the lead has seen its request once.
                *approval = approval.map(|_| "approved");
                (200, json!({"items": items}))
            }
            ("POST", "boards/b1/approvals") => {
                *approval = Some("pending");
                (200, json!({}))
            }
            ("PATCH", "boards/b1/tasks/t1") | ("POST", "boards/b1/tasks/t1/comments") => (200, json!({})),
            _ => (404, json!({})),
        }
    })
    .await;
    let simulator = working(&api).await;

    let closed = || api.requests().iter().any(|request| request.method == "PATCH");
    simulator.wait_for_turns(|_| closed()).await.unwrap();

    let requests = api.requests();
    let asked: Vec<_> = requests
        .iter()
        .filter(|request| request.method == "POST" && request.path.ends_with("/approvals"))
        .collect();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].body["task_id"], "t1");
    assert!(asked[0].body["confidence"].as_f64().unwrap() <= 100.0);
    assert!(!asked[0].body["lead_reasoning"].as_str().unwrap().is_empty());
    let patch = requests.iter().find(|request| request.method == "PATCH").unwrap();
    assert_eq!(patch.body, json!({"status": "done"}), "leads comment in the task's comments only");
}

#[tokio::test]
async fn a_working_lead_sends_back_what_was_rejected_and_asks_anew_when_it_returns() {
    let returned = Mutex::new(false);
    let api = Api::answering(move |request| {
        let mut returned = returned.lock().unwrap();
        let path = request.path.strip_prefix("/api/v1/agent/").unwrap();
        match (request.method.as_str(), path) {
            ("POST", "heartbeat") => (200, json!({"id": "a1", "board_id": "b1", "is_board_lead": true})),
            ("GET", list) if list.starts_with("boards/b1/tasks?status=review") => {
                let updated_at = if *returned { "2026-01-01T12:00:00" } else { "2026-01-01T10:00:00" };
                (200, json!({"items": [{"id": "t1", "title": "Write the report", "updated_at": updated_at}]}))
            }
            ("GET", list) if list.starts_with("boards/b1/approvals?") => {
                let resolved_at = "2026-01-01T11:00:00";
                (200, json!({"items": [{"task_id": "t1", "status": "rejected", "resolved_at": resolved_at}]}))
            }
            ("PATCH", "boards/b1/tasks/t1") => {
                *returned = true;
                (200, json!({}))
            }
            _ => (200, json!({})),
        }
    })
    .await;
    let simulator = working(&api).await;

    let asked = || api.requests().iter().any(|request| request.path.ends_with("/approvals"));
    simulator.wait_for_turns(|_| asked()).await.unwrap();

    let requests = api.requests();
    let patches: Vec<_> = requests.iter().filter(|request| request.method == "PATCH").collect();
    assert_eq!(patches.len(), 1);
    assert_eq!(patches[0].body, json!({"status": "inbox"}));
}

#[tokio::test]
async fn work_that_is_refused_leaves_the_agent_checking_in() {
    let api = Api::answering(|request| match request.path.as_str() {
        "/api/v1/agent/heartbeat" => (200, json!({"id": "a1", "board_id": "b1"})),
        _ => (403, json!({})),
    })
    .await;
    let simulator = working(&api).await;

    simulator.wait_for_turns(|turns| turns.len() >= 2).await.unwrap();

    for turn in simulator.turns() {
        assert_eq!((turn.cause, turn.outcome), (TurnCause::Heartbeat, TurnOutcome::CheckedIn));
    }
}
