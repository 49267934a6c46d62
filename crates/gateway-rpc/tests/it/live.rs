//! Against a real gateway: `OPENCLAW_TEST_URL=ws://… OPENCLAW_TEST_TOKEN=… cargo nextest run --run-ignored only`.

use std::sync::Arc;
use std::time::Duration;

use mission_control_gateway_rpc::{
    ApprovalDecision, ApproveDevice, AwaitRun, ChatEvent, Client, ConfigShape, ConnectMode, ConnectOptions,
    CreateAgent, DeleteAgent, DeleteSession, DeviceIdentity, GatewayError, GetApprovalPolicy, GetConfig,
    GetHealth, GetStatus, GetUsageStatus, ListDevices, ListFiles, ListJobs, ListModels, ListSessions,
    PatchConfig, PatchSession, Persona, ReadFile, ReadHistory, RemoveDevice, ResolveApproval, RpcErrorKind,
    RunStatus, SendMessage, SignatureVersion, TailLog, UpdateAgent, UsageOf, WriteFile, probe,
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
    let change = UpdateAgent { agent_id: AGENT, name: Some("Live Test"), ..UpdateAgent::default() };
    for _ in 0..40 {
        match client.ask(&change).await {
            Err(GatewayError::Rpc(error)) if error.kind() == RpcErrorKind::AgentNotFound => {
                tokio::time::sleep(Duration::from_millis(250)).await;
            }
            other => {
                other.expect("updated");
                return;
            }
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

    client
        .ask(&CreateAgent { name: AGENT, workspace: &format!("{root}/workspace-live") })
        .await
        .expect("created");
    update_when_known(&client).await;

    let config = client.ask(&GetConfig {}).await.expect("config");
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
    let patch = PatchConfig {
        patch: json!({"agents": agents}),
        base_hash: config.hash.as_deref(),
        ..PatchConfig::default()
    };
    client.ask(&patch).await.expect("patched");
    client.wait_stable(Duration::from_secs(60)).await.expect("back and stable");
    let config = client.ask(&GetConfig {}).await.expect("config");
    assert_eq!(config.agent(AGENT).expect("configured").settings["heartbeat"]["every"], "0m");

    for file in features.workspace_files() {
        client
            .ask(&WriteFile { agent_id: AGENT, name: file, content: &format!("# {file}\n") })
            .await
            .expect("written");
    }
    let read = client.ask(&ReadFile { agent_id: AGENT, name: "AGENTS.md" }).await.expect("read");
    assert_eq!(read.file.content.as_deref(), Some("# AGENTS.md\n"));
    let listed = client.ask(&ListFiles { agent_id: AGENT }).await.expect("listed");
    assert!(listed.files.iter().any(|file| file.name == "AGENTS.md" && !file.missing));
    let refused = client
        .ask(&WriteFile { agent_id: AGENT, name: "ROUTING.md", content: "x" })
        .await
        .expect_err("no such file");
    assert_eq!(refused.rpc().expect("an answer").kind(), RpcErrorKind::UnsupportedFile);

    let key = format!("agent:{AGENT}:main");
    client.ask(&PatchSession { key: &key, label: Some("Live") }).await.expect("a session");
    let mut events = client.events();
    let message = SendMessage::new(&key, "[[say: hello from the stub]]");
    let run = message.run(client.ask(&message).await.expect("sent"));
    let ended = tokio::time::timeout(Duration::from_secs(60), async {
        loop {
            let event = events.next_event().await.expect("open");
            match event.decode::<ChatEvent>() {
                Ok(chat) if event.name == "chat" && chat.run_id == run && chat.is_end() => {
                    return chat;
                }
                _ => {}
            }
        }
    });
    assert!(ended.await.expect("the turn ends").is_end());
    assert_ne!(
        client.ask(&AwaitRun { run_id: &run, timeout_ms: 5_000 }).await.expect("known").status,
        RunStatus::Timeout
    );
    assert!(
        !client
            .ask(&ReadHistory { session_key: &key, limit: Some(10) })
            .await
            .expect("history")
            .messages
            .is_empty()
    );
    let sessions = client.ask(&ListSessions::default()).await.expect("sessions");
    assert!(sessions.sessions.iter().any(|session| session.key() == key));

    client.ask(&GetHealth {}).await.expect("health");
    client.ask(&GetStatus {}).await.expect("status");
    client.ask(&ListModels {}).await.expect("models");
    client.ask(&ListJobs { include_disabled: Some(true), ..ListJobs::default() }).await.expect("jobs");
    client.usage_cost(UsageOf::Agent(AGENT), Some(3)).await.expect("cost");
    client.ask(&GetUsageStatus {}).await.expect("quotas");
    client.sessions_usage(UsageOf::Everybody, 5).await.expect("use");
    client.ask(&TailLog { cursor: None, limit: Some(5) }).await.expect("log");
    client.ask(&ListDevices {}).await.expect("devices");
    client.ask(&GetApprovalPolicy {}).await.expect("policy");
    let gone = client
        .ask(&ResolveApproval { id: "nope", decision: ApprovalDecision::Deny })
        .await
        .expect_err("unknown");
    assert_eq!(gone.rpc().expect("an answer").kind(), RpcErrorKind::ApprovalNotFound);

    client.ask(&DeleteAgent { agent_id: AGENT, delete_files: true }).await.expect("deleted");
    client.wait_stable(Duration::from_secs(60)).await.expect("back and stable");
    match client.ask(&DeleteSession { key: &key }).await {
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
    let pending = local.ask(&ListDevices {}).await.expect("devices").pending;
    assert!(pending.iter().any(|d| d.request_id == request_id && d.device_id == device.device_id()));
    let waiting = Client::open(remote);
    local.ask(&ApproveDevice { request_id: &request_id }).await.expect("approved");
    waiting.retry_now();
    let mut state = waiting.watch();
    let up = state.wait_for(|s| matches!(s, mission_control_gateway_rpc::LinkState::Connected(_)));
    tokio::time::timeout(Duration::from_secs(30), up).await.expect("in time").expect("open");
    let info = waiting.info().expect("up");
    assert!(info.persona == Persona::Device && info.has_scope("operator.admin"));
    let token = info.device_token.as_ref().expect("a device token").expose_secret().to_owned();

    let alone = from_elsewhere(without_token()).identity(device.clone()).device_token(&token);
    let alone = Client::connect(alone).await.expect("connects by the device token alone");
    assert!(alone.ask(&GetConfig {}).await.expect("allowed").exists);
    let rotated =
        from_elsewhere(without_token()).token("rotated").identity(device.clone()).device_token(&token);
    Client::connect(rotated.signature(SignatureVersion::V3))
        .await
        .expect("connects although the token is wrong");

    local.ask(&RemoveDevice { device_id: device.device_id() }).await.expect("removed");
    let error = Client::connect(from_elsewhere(options()).identity(device)).await.expect_err("forgotten");
    assert!(error.refusal().expect("a refusal").request_id.is_some());
}
