//! Against a real gateway: `OPENCLAW_TEST_URL=ws://… OPENCLAW_TEST_TOKEN=… cargo nextest run --run-ignored only`.

use std::sync::Arc;
use std::time::Duration;

use mission_control_gateway_rpc::{
    AgentChange, ApprovalDecision, ChatEvent, ChatMessageToSend, Client, ConfigPatch, ConfigShape,
    ConnectMode, ConnectOptions, DeviceIdentity, GatewayError, Persona, RpcErrorKind, SessionsQuery,
    SignatureVersion, probe,
};
use secrecy::ExposeSecret;
use serde_json::json;

const AGENT: &str = "mc-gateway-rpc-live";

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"))
}

fn options() -> ConnectOptions {
    without_token().token(variable("OPENCLAW_TEST_TOKEN"))
}

fn without_token() -> ConnectOptions {
    ConnectOptions::new(&variable("OPENCLAW_TEST_URL")).expect("a url")
}

/// As a client behind a proxy the gateway trusts: such a one counts as remote.
fn from_elsewhere(options: ConnectOptions) -> ConnectOptions {
    options.header("X-Forwarded-For", "203.0.113.9").expect("a header")
}

/// An agent becomes known to the other methods a moment after it was created.
async fn update_when_known(client: &Client) {
    let change = AgentChange { name: Some("Live Test".to_owned()), ..AgentChange::default() };
    for _ in 0..40 {
        match client.agents_update(AGENT, &change).await {
            Err(GatewayError::Rpc(error)) if error.kind() == RpcErrorKind::AgentNotFound => {
                tokio::time::sleep(Duration::from_millis(250)).await;
            }
            other => return other.expect("updated"),
        }
    }
    panic!("the agent stays unknown");
}

#[tokio::test]
#[ignore = "needs a real gateway: OPENCLAW_TEST_URL and OPENCLAW_TEST_TOKEN"]
async fn a_real_gateway_takes_the_whole_life_of_an_agent() {
    let seen = probe(options()).await.expect("a probe");
    let root = seen.state_dir.expect("a state directory");
    let device = Arc::new(DeviceIdentity::generate().expect("a key"));
    let client = Client::connect(options().identity(device)).await.expect("connects with a device");
    let features = client.features().await.expect("features");

    let created = client.agents_create(AGENT, &format!("{root}/workspace-live")).await.expect("created");
    assert_eq!(created.agent_id, AGENT);
    update_when_known(&client).await;

    let config = client.config_get().await.expect("config");
    let heartbeat = json!({"every": "0m", "target": features.heartbeat_target()});
    let agents = match config.shape() {
        ConfigShape::Entries => json!({"entries": {AGENT: {"heartbeat": heartbeat}}}),
        ConfigShape::List => {
            let mut all: Vec<_> = config.config["agents"]["list"].as_array().cloned().unwrap_or_default();
            for agent in &mut all {
                if agent["id"] == AGENT {
                    agent["heartbeat"] = heartbeat.clone();
                }
            }
            json!({"list": all})
        }
    };
    let patch = ConfigPatch { patch: json!({"agents": agents}), base_hash: config.hash, note: None };
    client.config_patch(&patch).await.expect("patched");
    client.wait_stable(Duration::from_secs(60)).await.expect("back and stable");
    let config = client.config_get().await.expect("config");
    assert_eq!(config.agent(AGENT).expect("configured")["heartbeat"]["every"], "0m");

    for file in features.workspace_files() {
        client.agents_files_set(AGENT, file, &format!("# {file}\n")).await.expect("written");
    }
    let read = client.agents_files_get(AGENT, "AGENTS.md").await.expect("read");
    assert_eq!(read.content.as_deref(), Some("# AGENTS.md\n"));
    let listed = client.agents_files_list(AGENT).await.expect("listed");
    assert!(listed.files.iter().any(|file| file.name == "AGENTS.md" && !file.missing));
    let refused = client.agents_files_set(AGENT, "ROUTING.md", "x").await.expect_err("no such file");
    assert_eq!(refused.rpc().expect("an answer").kind(), RpcErrorKind::UnsupportedFile);

    let key = format!("agent:{AGENT}:main");
    client.sessions_patch(&key, Some("Live")).await.expect("a session");
    let mut events = client.events();
    let sent =
        client.chat_send(&ChatMessageToSend::new(&key, "[[say: hello from the stub]]")).await.expect("sent");
    let ended = tokio::time::timeout(Duration::from_secs(60), async {
        loop {
            let event = events.next_event().await.expect("open");
            match event.decode::<ChatEvent>() {
                Ok(chat) if event.name == "chat" && chat.run_id == sent.run_id && chat.is_end() => {
                    return chat;
                }
                _ => {}
            }
        }
    });
    assert!(!ended.await.expect("the turn ends").state.is_empty());
    assert_ne!(
        client.agent_wait(&sent.run_id, Duration::from_secs(5)).await.expect("known").status,
        "timeout"
    );
    assert!(!client.chat_history(&key, Some(10)).await.expect("history").messages.is_empty());
    let sessions = client.sessions_all(&SessionsQuery::default()).await.expect("sessions");
    assert!(sessions.iter().any(|row| row.key == key));

    client.health().await.expect("health");
    client.status().await.expect("status");
    client.models_list().await.expect("models");
    client.cron_list(true).await.expect("jobs");
    client.usage_cost(Some(3)).await.expect("cost");
    client.usage_status().await.expect("quotas");
    client.sessions_usage(5).await.expect("use");
    client.logs_tail(None, Some(5)).await.expect("log");
    client.device_pair_list().await.expect("devices");
    client.exec_approvals_get().await.expect("policy");
    let gone = client.exec_approval_resolve("nope", ApprovalDecision::Deny).await.expect_err("unknown");
    assert_eq!(gone.rpc().expect("an answer").kind(), RpcErrorKind::ApprovalNotFound);

    client.agents_delete(AGENT, true).await.expect("deleted");
    client.wait_stable(Duration::from_secs(60)).await.expect("back and stable");
    match client.sessions_delete(&key).await {
        Ok(_) => {}
        Err(GatewayError::Rpc(error)) => assert_eq!(error.kind(), RpcErrorKind::MainSession),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
#[ignore = "needs a real gateway that trusts 127.0.0.1 as a proxy: OPENCLAW_TEST_URL and OPENCLAW_TEST_TOKEN"]
async fn a_real_gateway_pairs_a_device_from_elsewhere() {
    let device = Arc::new(DeviceIdentity::generate().expect("a key"));
    let remote = from_elsewhere(options()).identity(device.clone()).mode(ConnectMode::WithoutPairing);
    let refused = Client::connect(remote.clone()).await;
    // Old gateways give a client without a device whatever it asks for.
    let remote = match refused {
        Ok(client) => {
            assert_eq!(client.info().expect("up").persona, Persona::Deviceless);
            remote.mode(ConnectMode::Device)
        }
        Err(_) => remote,
    };
    let error = Client::connect(remote.clone()).await.expect_err("not paired yet");
    let request_id = error.refusal().expect("a refusal").request_id.clone().expect("a request id");

    let local = Client::connect(options()).await.expect("connects");
    let pending = local.device_pair_list().await.expect("devices").pending;
    assert!(pending.iter().any(|d| d.request_id == request_id && d.device_id == device.device_id()));
    let waiting = Client::open(remote);
    local.device_pair_approve(&request_id).await.expect("approved");
    waiting.retry_now();
    let mut state = waiting.watch();
    let up = state.wait_for(|s| matches!(s, mission_control_gateway_rpc::LinkState::Connected(_)));
    tokio::time::timeout(Duration::from_secs(30), up).await.expect("in time").expect("open");
    let info = waiting.info().expect("up");
    assert!(info.persona == Persona::Device && info.has_scope("operator.admin"));
    let token = info.device_token.as_ref().expect("a device token").expose_secret().to_owned();

    let alone = from_elsewhere(without_token()).identity(device.clone()).device_token(&token);
    let alone = Client::connect(alone).await.expect("connects by the device token alone");
    assert!(alone.config_get().await.expect("allowed").exists);
    let rotated =
        from_elsewhere(without_token()).token("rotated").identity(device.clone()).device_token(&token);
    Client::connect(rotated.signature(SignatureVersion::V3))
        .await
        .expect("connects although the token is wrong");

    local.device_pair_remove(device.device_id()).await.expect("removed");
    let error = Client::connect(from_elsewhere(options()).identity(device)).await.expect_err("forgotten");
    assert!(error.refusal().expect("a refusal").request_id.is_some());
}
