use std::sync::Arc;
use std::time::Duration;

use mission_control_gateway_rpc::{
    AwaitRun, Client, ConnectOptions, CreateAgent, DeviceIdentity, GatewayError, GetConfig, ListAgents,
    ListFiles, PatchConfig, PatchSession, RunStatus, SendMessage, Usage, UsageOf, WriteFile,
};
use mission_control_simulator::{GatewayProfile, Pairing, Simulator, SimulatorConfig};
use serde_json::json;

use crate::support::{Api, simulator};

const WAIT: Duration = Duration::from_secs(30);

fn options(simulator: &Simulator) -> ConnectOptions {
    let identity = Arc::new(DeviceIdentity::from_seed(&[3; 32]));
    ConnectOptions::new(&simulator.url()).unwrap().token(simulator.token().unwrap()).identity(identity)
}

#[tokio::test]
async fn the_product_s_client_provisions_and_wakes_an_agent_on_every_generation() {
    for profile in [GatewayProfile::old(), GatewayProfile::transitional(), GatewayProfile::modern()] {
        let (modern, version) = (profile.is_modern(), profile.version.clone());
        let profile = GatewayProfile {
            restart_delay: Duration::from_millis(50),
            restart_downtime: Duration::from_millis(100),
            ..profile
        };
        let api = Api::start().await;
        let simulator = simulator(profile).await;
        let client = Client::connect(options(&simulator)).await.unwrap();

        client
            .ask(&CreateAgent { name: "ada", workspace: "/home/operator/.openclaw/workspace-ada" })
            .await
            .unwrap();
        while client.ask(&ListFiles { agent_id: "ada" }).await.is_err() {}
        let patch = if modern {
            json!({"agents": {"entries": {"ada": {"heartbeat": {"every": "10m", "target": "none"}}}}})
        } else {
            json!({
                "agents": {"list": [{"id": "ada", "heartbeat": {"every": "10m", "target": "last"}}]},
                "channels": {"defaults": {"heartbeat": {"showOk": false}}},
            })
        };
        let hash = client.ask(&GetConfig {}).await.unwrap().hash;
        // The transitional generation closes the connection instead of answering.
        let patched =
            client.ask(&PatchConfig { patch, base_hash: hash.as_deref(), ..PatchConfig::default() }).await;
        assert_eq!(patched.is_ok(), version != "2026.7.1", "{version}: {patched:?}");
        if !modern {
            simulator.wait_for_boots(1).await.unwrap();
            client.wait_stable(WAIT).await.unwrap();
        }
        let file = if modern { "AGENTS.md" } else { "TOOLS.md" };
        client
            .ask(&WriteFile { agent_id: "ada", name: file, content: &api.tools_file("token-of-ada") })
            .await
            .unwrap();
        client.ask(&PatchSession { key: "agent:ada:main", label: Some("Ada") }).await.unwrap();
        let message = SendMessage::new("agent:ada:main", "Check in.");
        let run = message.run(client.ask(&message).await.unwrap());
        let end = client.ask(&AwaitRun { run_id: &run, timeout_ms: 30_000 }).await.unwrap();

        assert_eq!(end.status, RunStatus::Ok, "{version}");
        assert_eq!(api.requests()[0].token, "token-of-ada");
        let agents = client.ask(&ListAgents {}).await.unwrap().agents;
        assert!(agents.iter().any(|agent| agent.id == "ada"));
        client.close();
        simulator.shutdown().await;
    }
}

#[tokio::test]
async fn the_product_s_client_is_told_of_approvals_by_every_generation() {
    for profile in [GatewayProfile::old(), GatewayProfile::transitional(), GatewayProfile::modern()] {
        let simulator = simulator(profile).await;
        let client = Client::connect(options(&simulator)).await.unwrap();
        let mut events = client.events();
        simulator.request_exec_approval("main", "ls");
        let told = async {
            while let Some(event) = events.next_event().await {
                if event.name == "exec.approval.requested" {
                    return;
                }
            }
        };
        tokio::time::timeout(WAIT, told).await.unwrap();
    }
}

#[tokio::test]
async fn the_product_s_client_reads_the_use_of_an_agent_from_every_generation_that_tells() {
    for profile in [GatewayProfile::old(), GatewayProfile::transitional(), GatewayProfile::modern()] {
        let version = profile.version.clone();
        let simulator = simulator(profile).await;
        let client = Client::connect(options(&simulator)).await.unwrap();
        for agent in ["ada", "bob"] {
            client.ask(&CreateAgent { name: agent, workspace: "/w" }).await.unwrap();
            while client.ask(&ListFiles { agent_id: agent }).await.is_err() {}
            let message = SendMessage::new(format!("agent:{agent}:main"), "Hello.");
            let run = message.run(client.ask(&message).await.unwrap());
            client.ask(&AwaitRun { run_id: &run, timeout_ms: 30_000 }).await.unwrap();
        }
        let used = async |of| loop {
            match client.sessions_usage(of, 10).await.unwrap() {
                Usage::Counted(used) => return used,
                told => assert_eq!(told, Usage::Counting, "{version}"),
            }
        };
        let (ada, bob) = (used(UsageOf::Agent("ada")).await, used(UsageOf::Agent("bob")).await);
        let all = used(UsageOf::Everybody).await.totals;
        assert!(ada.totals.total_tokens > 0.0 && bob.totals.total_tokens > 0.0, "{version}");
        assert_eq!(all.total_tokens, ada.totals.total_tokens + bob.totals.total_tokens, "{version}");
        assert!(ada.sessions.iter().all(|session| session.key == "agent:ada:main"), "{version}");
        let cost = loop {
            match client.usage_cost(UsageOf::Agent("ada"), Some(7)).await.unwrap() {
                Usage::Counting => {}
                told => break told.counted(),
            }
        };
        let expected = (version != "2026.3.2").then_some(ada.totals);
        assert_eq!(cost.map(|cost| cost.totals), expected, "{version}");
    }
}

#[tokio::test]
async fn the_product_s_client_learns_which_request_to_approve() {
    let simulator =
        Simulator::start(SimulatorConfig { pairing: Pairing::Required, ..SimulatorConfig::default() })
            .await
            .unwrap();

    let error: GatewayError = Client::connect(options(&simulator)).await.unwrap_err();
    let request_id = error.refusal().unwrap().request_id.clone().unwrap();
    assert!(simulator.approve_device(&request_id));

    let client = Client::connect(options(&simulator)).await.unwrap();
    assert!(client.info().unwrap().device_token.is_some());
}
