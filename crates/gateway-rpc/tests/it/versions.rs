//! Recorded answers of real gateways, 2026.2.9 to 2026.9.6.

use std::path::Path;
use std::time::Duration;

use mission_control_gateway_rpc::{
    AbortChat, AddJob, AgentTurn, ApprovalDecision, ApproveDevice, AwaitRun, Client, ConfigShape,
    CreateAgent, DeleteAgent, Features, GatewayVersion, GetApprovalPolicy, GetConfig, GetHealth, GetStatus,
    GetUsageStatus, ListAgents, ListApprovals, ListDevices, ListJobs, ListModels, ListSessions, PatchConfig,
    PatchRestart, PatchSession, ReadFile, ReadHistory, ReadScratch, ReadUsageSeries, RefusalKind,
    RemoveDevice, ResetSession, ResolveApproval, RpcErrorKind, RunJob, RunMode, RunStatus, SendMessage,
    SubscribeSessions, TailLog, UpdateAgent, Usage, UsageOf, Wake, WakeMode, WriteFile, WriteScratch,
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::Gateway;

fn recorded(version: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/{version}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("a fixture")).expect("JSON")
}

/// A gateway that says what one of that version said; what it did not answer it does not know.
async fn gateway(version: &str) -> (Gateway, Client) {
    let record = recorded(version);
    let gateway = Gateway::start(move |mut peer| {
        let record = record.clone();
        async move {
            peer.accept_with(record["hello"].clone()).await;
            while let Some(request) = peer.request().await {
                let method = request["method"].as_str().unwrap_or_default();
                match record["answers"].get(method) {
                    Some(answer) => peer.answer(&request, answer.clone()).await,
                    None => {
                        let message = format!("unknown method: {method}");
                        peer.fail(&request, json!({"code": "INVALID_REQUEST", "message": message})).await;
                    }
                }
            }
        }
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    (gateway, client)
}

#[rstest]
#[case("2026.2.9", 3, None)]
#[case("2026.3.2", 3, None)]
#[case("2026.4.29", 3, Some(GatewayVersion::new(2026, 4, 29)))]
#[case("2026.7.1", 4, Some(GatewayVersion::new(2026, 7, 1)))]
#[case("2026.8.1", 4, Some(GatewayVersion::new(2026, 8, 1)))]
#[case("2026.9.6", 4, Some(GatewayVersion::new(2026, 9, 6)))]
#[tokio::test]
async fn the_hello_of_every_version_is_understood(
    #[case] name: &str,
    #[case] protocol: u64,
    #[case] version: Option<GatewayVersion>,
) {
    let (_gateway, client) = gateway(name).await;
    let info = client.info().expect("up");
    assert_eq!((info.protocol, info.version()), (Some(protocol), version));
    assert!(info.conn_id.is_some() && info.has_scope("operator.read"));
    assert_eq!(info.state_dir.as_deref(), Some("/home/operator/.openclaw"));
    assert_eq!(info.default_agent_id.as_deref(), Some("main"));
    assert_eq!(info.tick_interval, Some(Duration::from_secs(30)));
    assert_eq!(info.max_payload, Some(if name == "2026.2.9" { 524_288 } else { 26_214_400 }));
    assert!(info.methods.contains(&"health".to_owned()) && info.events.contains(&"chat".to_owned()));
}

#[rstest]
#[tokio::test]
async fn the_recorded_refusals_are_understood(
    #[values("2026.2.9", "2026.3.2", "2026.4.29", "2026.7.1", "2026.8.1", "2026.9.6")] version: &str,
) {
    let record = recorded(version);
    let refusals = record["refusals"].as_array().expect("refusals").clone();
    assert!(refusals.len() >= 4);
    for refusal in refusals {
        let error = refusal["error"].clone();
        let gateway = Gateway::start(move |mut peer| {
            let error = error.clone();
            async move { peer.refuse(error).await }
        })
        .await;
        let error = Client::connect(gateway.options()).await.expect_err("refused");
        let kind = error.refusal().expect("a refusal").kind;
        let expected = match refusal["case"].as_str().expect("a name") {
            "no token" => RefusalKind::TokenMissing,
            "wrong token" => RefusalKind::TokenMismatch,
            "range 4..4" | "reference client range 3..3" if kind != RefusalKind::PairingRequired => {
                RefusalKind::ProtocolMismatch
            }
            "client id outside the fixed list" | "v1 signature payload without nonce" => {
                RefusalKind::InvalidConnect
            }
            _ if version == "2026.2.9" => RefusalKind::DeviceSignature,
            _ => RefusalKind::PairingRequired,
        };
        assert_eq!(kind, expected, "{refusal}");
    }
}

const LEAD: &str = "lead-22222222-2222-3333-4444-555555555555";
const MAIN: &str = "mc-gateway-11111111-2222-3333-4444-555555555555";

#[rstest]
#[tokio::test]
async fn agents_files_and_sessions_read_the_same_on_old_and_new(
    #[values("2026.3.2", "2026.9.6")] version: &str,
) {
    let (_gateway, client) = gateway(version).await;
    let agents = client.ask(&ListAgents {}).await.expect("agents");
    assert_eq!(agents.default_id.as_deref(), Some("main"));
    assert_eq!(agents.agents[0].id, "main");
    client.ask(&CreateAgent { name: LEAD, workspace: "/w" }).await.expect("created");
    client.ask(&UpdateAgent { agent_id: LEAD, ..UpdateAgent::default() }).await.expect("updated");
    let deleted = client.ask(&DeleteAgent { agent_id: LEAD, delete_files: true }).await.expect("deleted");
    assert!(!deleted.is_incomplete());
    let read = client.ask(&ReadFile { agent_id: MAIN, name: "AGENTS.md" }).await.expect("a file");
    assert!(!read.file.missing && read.file.content.expect("content").starts_with("# "));
    client.ask(&WriteFile { agent_id: MAIN, name: "AGENTS.md", content: "x" }).await.expect("written");

    client.ask(&ListSessions::default()).await.expect("sessions");
    let entry =
        client.ask(&PatchSession { key: "agent:x:main", label: Some("Lead Agent") }).await.expect("patched");
    assert_eq!(entry.entry["label"], "Lead Agent");
    client.ask(&ResetSession { key: "agent:x:main" }).await.expect("reset");
    client.ask(&ReadHistory { session_key: "agent:x:main", limit: Some(5) }).await.expect("history");
    let sent = client.ask(&SendMessage::new("agent:x:main", "hi")).await.expect("sent");
    assert!(sent.run_id.expect("a run").starts_with("idem"));
    client.ask(&AbortChat { session_key: "agent:x:main", run_id: None }).await.expect("aborted");
    let run = client.agent(&AgentTurn::new("agent:x:main", "hi")).await.expect("accepted");
    assert!(run.run_id.starts_with("ag-"));
    let end = client.ask(&AwaitRun { run_id: "run", timeout_ms: 10 }).await.expect("an end");
    assert!(matches!(end.status, RunStatus::Timeout | RunStatus::Error), "{end:?}");
}

#[rstest]
#[tokio::test]
async fn health_use_devices_and_logs_read_the_same_on_old_and_new(
    #[values("2026.3.2", "2026.9.6")] version: &str,
) {
    let (_gateway, client) = gateway(version).await;
    let health = client.ask(&GetHealth {}).await.expect("health");
    assert!(health.ok && health.agents[0].is_default);
    assert!(health.agents[0].heartbeat.every.is_some());
    let status = client.ask(&GetStatus {}).await.expect("status");
    assert_eq!(status.runtime_version.is_some(), version == "2026.9.6");
    // The old release cannot say what our agents cost, and the new one was still counting when it was recorded.
    let cost = client.usage_cost(UsageOf::Everybody, Some(7)).await.expect("cost");
    assert_eq!(cost, if version == "2026.9.6" { Usage::Counting } else { Usage::Untold });
    client.ask(&GetUsageStatus {}).await.expect("quotas");
    let used = client.sessions_usage(UsageOf::Everybody, 3).await.expect("use").counted();
    assert_eq!(used.map(|used| used.sessions.is_empty()), (version == "2026.3.2").then_some(false));
    let points = client.ask(&ReadUsageSeries { key: "agent:x:main" }).await.expect("points").points;
    assert!(points[0].total_tokens > 1000.0 && points[1].cumulative_tokens > points[0].cumulative_tokens);
    let devices = client.ask(&ListDevices {}).await.expect("devices");
    assert_eq!(devices.paired[0].device_id.len(), 64);
    assert!(devices.pending.len() == usize::from(version == "2026.9.6"));
    client.ask(&ApproveDevice { request_id: "r" }).await.expect("approved");
    client.ask(&RemoveDevice { device_id: "d" }).await.expect("removed");
    assert_eq!(client.ask(&TailLog { cursor: None, limit: Some(3) }).await.expect("log").lines.len(), 1);
    client.ask(&ResolveApproval { id: "a", decision: ApprovalDecision::AllowOnce }).await.expect("resolved");
    assert!(client.ask(&GetApprovalPolicy {}).await.expect("policy").hash.is_some());
    let wake = Wake { mode: WakeMode::Now, text: "now".to_owned(), agent_id: None, session_key: None };
    client.ask(&wake).await.expect("woken");
    client.ask(&ListJobs { include_disabled: Some(true), ..ListJobs::default() }).await.expect("jobs");
}

/// A gateway with these sessions, of which it tells as many as it is asked for, the newest first.
async fn counting(version: &str, sessions: Vec<Value>) -> (Gateway, Client) {
    let hello = recorded(version)["hello"].clone();
    let gateway = Gateway::start(move |mut peer| {
        let (hello, sessions) = (hello.clone(), sessions.clone());
        async move {
            peer.accept_with(hello).await;
            while let Some(request) = peer.request().await {
                let limit = request["params"]["limit"].as_u64().unwrap_or(50) as usize;
                let of = request["params"]["agentId"].as_str().map(str::to_owned);
                let told: Vec<_> = sessions
                    .iter()
                    .filter(|session| of.as_deref().is_none_or(|of| session["agentId"] == of))
                    .take(limit)
                    .collect();
                peer.answer(&request, json!({"sessions": told, "totals": {}})).await;
            }
        }
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    (gateway, client)
}

#[rstest]
#[case::few_of_the_agent(30, 3)]
#[case::many_of_others(400, 40)]
#[case::more_than_are_asked_for(3_000, 40)]
#[tokio::test]
async fn use_by_session_is_whole_or_says_that_it_is_not(
    #[values("2026.3.2", "2026.4.29", "2026.7.1", "2026.9.6")] version: &str,
    #[case] sessions: usize,
    #[case] of_ada: usize,
) {
    // The agent's sessions are the oldest: whoever counts the newest of all first does not come to them.
    let session = |nth: usize| {
        let agent = if nth < sessions - of_ada { "eve" } else { "ada" };
        json!({"key": format!("agent:{agent}:{nth}"), "agentId": agent, "usage": {"totalTokens": 1}})
    };
    let (_gateway, client) = counting(version, (0..sessions).map(session).collect()).await;
    for limit in [1, 10, 50] {
        let used = client
            .sessions_usage(UsageOf::Agent("ada"), limit)
            .await
            .expect("use")
            .counted()
            .expect("counted");
        let counted = used.sessions.len();
        assert!(used.sessions.iter().all(|session| session.key.starts_with("agent:ada:")), "{limit}");
        assert!(counted == of_ada || used.is_partial, "{limit}: {counted} of {of_ada} and nothing said");
    }
}

#[tokio::test]
async fn an_old_gateway_keeps_agents_in_a_list_and_restarts_after_a_patch() {
    let (_gateway, client) = gateway("2026.3.2").await;
    let config = client.ask(&GetConfig {}).await.expect("config");
    assert_eq!(config.shape(), ConfigShape::List);
    assert_eq!(config.agent_ids(), ["main", MAIN]);
    assert_eq!(config.agent(MAIN).expect("an agent").settings["heartbeat"]["every"], "10m");
    let patch = PatchConfig {
        patch: json!({"agents": {}}),
        base_hash: config.hash.as_deref(),
        ..PatchConfig::default()
    };
    assert!(client.ask(&patch).await.expect("patched").restarts);

    let features = client.features().await.expect("features");
    assert_eq!(features.version, Some(GatewayVersion::new(2026, 3, 2)));
    assert!(features.supports_file("TOOLS.md") && features.supports_file("HEARTBEAT.md"));
    assert_eq!(features.patch_restart(false), PatchRestart::AfterAnswer);
    assert_eq!(features.patches_per_minute(), Some(3));
    assert_eq!((features.heartbeat_target(), features.heartbeat_visibility_key()), ("last", "heartbeat"));
    let error = client.ask(&ListApprovals {}).await.expect_err("not there yet");
    assert_eq!(error.rpc().expect("an answer").kind(), RpcErrorKind::UnknownMethod);
}

#[tokio::test]
async fn a_new_gateway_keeps_agents_as_entries_and_takes_patches_without_restart() {
    let (_gateway, client) = gateway("2026.9.6").await;
    let config = client.ask(&GetConfig {}).await.expect("config");
    assert_eq!(config.shape(), ConfigShape::Entries);
    assert_eq!(config.agent_ids(), ["main", MAIN]);
    let patch = PatchConfig { patch: json!({}), base_hash: config.hash.as_deref(), ..PatchConfig::default() };
    assert!(!client.ask(&patch).await.expect("patched").restarts);

    let features = client.features().await.expect("features");
    assert!(!features.supports_file("TOOLS.md") && !features.supports_file("HEARTBEAT.md"));
    assert!(features.heartbeat_has_scratch() && features.wake_takes_agent());
    assert_eq!(features.patch_restart(true), PatchRestart::Never);
    assert_eq!(
        (features.heartbeat_target(), features.heartbeat_visibility_key()),
        ("none", "heartbeatVisibility")
    );

    let jobs = client.ask(&ListJobs::default()).await.expect("jobs");
    assert!(jobs.jobs.iter().any(|job| job.is_heartbeat_of(MAIN)));
    assert_eq!(client.ask(&ReadScratch { id: "j" }).await.expect("scratch").scratch, None);
    client.ask(&WriteScratch { id: "j", content: "x" }).await.expect("written");
    assert_eq!(client.ask(&RunJob { id: "j", mode: RunMode::Force }).await.expect("run")["ok"], true);
    assert_eq!(client.ask(&AddJob(json!({"name": "mc daily"}))).await.expect("added")["enabled"], true);
    assert_eq!(client.ask(&ListModels {}).await.expect("models").models[0].provider.as_deref(), Some("stub"));
    assert_eq!(client.ask(&ListApprovals {}).await.expect("approvals"), []);
    client.ask(&SubscribeSessions {}).await.expect("subscribed");
    let sessions = client.ask(&ListSessions::default()).await.expect("sessions");
    assert_eq!(sessions.sessions[0].agent_id(), Some(MAIN));
    assert_eq!(sessions.sessions[0].0["createdVia"], "operator");
}

#[rstest]
#[case("2026.4.29", false, PatchRestart::Never)]
#[case("2026.7.1", true, PatchRestart::BeforeAnswer)]
#[tokio::test]
async fn the_versions_between_reload_agents_hot_and_restart_for_channels(
    #[case] version: &str,
    #[case] channels: bool,
    #[case] restart: PatchRestart,
) {
    let (_gateway, client) = gateway(version).await;
    let features = Features::of(&client.info().expect("up"), None);
    assert_eq!(features.shape, ConfigShape::List);
    assert_eq!(features.patch_restart(channels), restart);
    assert_eq!(features.exec_open_by_default(), version == "2026.7.1");
}

#[test]
fn releases_differ_in_default_heartbeats_in_how_lists_merge_and_in_what_a_deletion_tells() {
    use mission_control_gateway_rpc::{DeletedFiles, HeartbeatsByDefault};
    let facts = |version: &str, shape| {
        let features = Features::new(GatewayVersion::parse(version), shape, Vec::new());
        (features.heartbeats_by_default(), features.patch_merges_by_id(), features.deleted_files())
    };
    let (list, entries) = (ConfigShape::List, ConfigShape::Entries);
    let by_default = HeartbeatsByDefault::DefaultAgent;
    assert_eq!(facts("2026.2.9", list), (by_default, false, DeletedFiles::Trashed));
    assert_eq!(facts("dev", list), (by_default, true, DeletedFiles::Trashed));
    assert_eq!(facts("2026.4.27", list), (by_default, true, DeletedFiles::Unknown));
    assert_eq!(facts("2026.7.1", list), (HeartbeatsByDefault::EveryAgent, true, DeletedFiles::Unknown));
    assert_eq!(facts("2026.8.1", entries), (HeartbeatsByDefault::Owner, true, DeletedFiles::Reported));
}

#[rstest]
#[case("unknown method: agents.files.delete", "INVALID_REQUEST", RpcErrorKind::UnknownMethod)]
#[case("unsupported file \"ROUTING.md\"", "INVALID_REQUEST", RpcErrorKind::UnsupportedFile)]
#[case("agent \"x\" already exists", "INVALID_REQUEST", RpcErrorKind::AgentExists)]
#[case("agent \"x\" not found", "INVALID_REQUEST", RpcErrorKind::AgentNotFound)]
#[case("unknown agent id", "INVALID_REQUEST", RpcErrorKind::AgentNotFound)]
#[case("Agent \"x\" no longer exists in configuration", "INVALID_REQUEST", RpcErrorKind::AgentNotFound)]
#[case(
    "config changed since last load; re-run config.get and retry",
    "INVALID_REQUEST",
    RpcErrorKind::ConfigChanged
)]
#[case("invalid config: agents: Unrecognized key: \"list\"", "INVALID_REQUEST", RpcErrorKind::ConfigInvalid)]
#[case("Cannot delete the main session (agent:x:main).", "INVALID_REQUEST", RpcErrorKind::MainSession)]
#[case("session not found", "ERR", RpcErrorKind::SessionNotFound)]
#[case("unknown session: mc", "INVALID_REQUEST", RpcErrorKind::SessionNotFound)]
#[case("service restart", "ERR", RpcErrorKind::Starting)]
#[case(
    "OpenClawStateLeaseError: agent deletion \"x\" is held by another operation code=OPENCLAW_STATE_LEASE_HELD",
    "UNAVAILABLE",
    RpcErrorKind::HeldElsewhere
)]
#[case("agent deletion was lost code=OPENCLAW_STATE_LEASE_LOST", "UNAVAILABLE", RpcErrorKind::HeldElsewhere)]
#[case("unknown or expired approval id", "INVALID_REQUEST", RpcErrorKind::ApprovalNotFound)]
#[case("allow-always is unavailable for this command", "INVALID_REQUEST", RpcErrorKind::DecisionUnavailable)]
#[case("missing scope: operator.read", "INVALID_REQUEST", RpcErrorKind::MissingScope)]
#[case(
    "invalid models.list params: at root: unexpected property 'view'",
    "INVALID_REQUEST",
    RpcErrorKind::InvalidParams
)]
#[tokio::test]
async fn known_error_answers_have_a_meaning_and_a_remedy(
    #[case] message: &'static str,
    #[case] code: &'static str,
    #[case] kind: RpcErrorKind,
) {
    let gateway = Gateway::start(move |mut peer| async move {
        peer.accept().await;
        let Some(request) = peer.request().await else { return };
        peer.fail(&request, json!({"code": code, "message": message})).await;
        peer.until_gone().await;
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    let error = client.call("any", json!({})).await.expect_err("an error");
    let rpc = error.rpc().expect("an answer");
    assert_eq!((rpc.kind(), error.to_string().as_str()), (kind, message));
    assert!(error.remedy().is_some_and(|remedy| remedy.ends_with('.')));
    assert_eq!(rpc.names_unrecognized_key("list"), kind == RpcErrorKind::ConfigInvalid);
    assert_eq!(rpc.missing_scope(), (kind == RpcErrorKind::MissingScope).then_some("operator.read"));
}
