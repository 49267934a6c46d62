//! Recorded answers of real gateways, 2026.2.9 to 2026.9.6.

use std::path::Path;
use std::time::Duration;

use mission_control_gateway_rpc::{
    AgentChange, AgentTurn, ApprovalDecision, ChatMessageToSend, Client, ConfigPatch, ConfigShape, Features,
    GatewayVersion, PatchRestart, RefusalKind, RpcErrorKind, SessionsQuery, Wake, WakeMode,
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
    let agents = client.agents_list().await.expect("agents");
    assert_eq!(agents.default_id.as_deref(), Some("main"));
    assert_eq!(agents.agents[0].id, "main");
    assert_eq!(client.agents_create(LEAD, "/w").await.expect("created").agent_id, LEAD);
    client.agents_update(LEAD, &AgentChange::default()).await.expect("updated");
    assert_eq!(client.agents_delete(LEAD, true).await.expect("deleted").agent_id, LEAD);
    let file = client.agents_files_get(MAIN, "AGENTS.md").await.expect("a file");
    assert!(!file.missing && file.content.expect("content").starts_with("# "));
    client.agents_files_set(MAIN, "AGENTS.md", "x").await.expect("written");

    client.sessions_all(&SessionsQuery::default()).await.expect("sessions");
    let entry = client.sessions_patch("agent:x:main", Some("Lead Agent")).await.expect("patched");
    assert_eq!(entry.entry["label"], "Lead Agent");
    assert!(client.sessions_reset("agent:x:main").await.expect("reset").key.is_some());
    client.chat_history("agent:x:main", Some(5)).await.expect("history");
    let sent = client.chat_send(&ChatMessageToSend::new("agent:x:main", "hi")).await.expect("sent");
    assert!(sent.run_id.starts_with("idem") && !sent.status.is_empty());
    client.chat_abort("agent:x:main", None).await.expect("aborted");
    let run = client.agent(&AgentTurn::new("agent:x:main", "hi")).await.expect("accepted");
    assert!(run.run_id.starts_with("ag-"));
    let end = client.agent_wait("run", Duration::from_millis(10)).await.expect("an end");
    assert!(matches!(end.status.as_str(), "timeout" | "error"), "{end:?}");
}

#[rstest]
#[tokio::test]
async fn health_use_devices_and_logs_read_the_same_on_old_and_new(
    #[values("2026.3.2", "2026.9.6")] version: &str,
) {
    let (_gateway, client) = gateway(version).await;
    let health = client.health().await.expect("health");
    assert!(health.ok && health.agents[0].is_default);
    assert!(health.agents[0].heartbeat.every.is_some());
    let status = client.status().await.expect("status");
    assert_eq!(status.runtime_version.is_some(), version == "2026.9.6");
    let cost = client.usage_cost(Some(7)).await.expect("cost");
    assert!(cost.days.is_some() && !cost.daily.is_empty());
    assert!(cost.daily.iter().all(|day| day.date.len() == 10));
    client.usage_status().await.expect("quotas");
    assert!(!client.sessions_usage(3).await.expect("use").sessions.is_empty());
    let points = client.sessions_usage_timeseries("agent:x:main").await.expect("points").points;
    assert!(points[0].total_tokens > 1000.0 && points[1].cumulative_tokens > points[0].cumulative_tokens);
    let devices = client.device_pair_list().await.expect("devices");
    assert_eq!(devices.paired[0].device_id.len(), 64);
    assert!(devices.pending.len() == usize::from(version == "2026.9.6"));
    assert_eq!(client.device_pair_approve("r").await.expect("approved").device_id.len(), 64);
    client.device_pair_remove("d").await.expect("removed");
    assert_eq!(client.logs_tail(None, Some(3)).await.expect("log").lines.len(), 1);
    client.exec_approval_resolve("a", ApprovalDecision::AllowOnce).await.expect("resolved");
    assert!(client.exec_approvals_get().await.expect("policy").hash.is_some());
    let wake = Wake { mode: WakeMode::Now, text: "now".to_owned(), agent_id: None, session_key: None };
    client.wake(&wake).await.expect("woken");
    client.cron_list(true).await.expect("jobs");
}

#[tokio::test]
async fn an_old_gateway_keeps_agents_in_a_list_and_restarts_after_a_patch() {
    let (_gateway, client) = gateway("2026.3.2").await;
    let config = client.config_get().await.expect("config");
    assert_eq!(config.shape(), ConfigShape::List);
    assert_eq!(config.agent_ids(), ["main", MAIN]);
    assert_eq!(config.agent(MAIN).expect("an agent")["heartbeat"]["every"], "10m");
    let patch = ConfigPatch { patch: json!({"agents": {}}), base_hash: config.hash, note: None };
    let restart = client.config_patch(&patch).await.expect("patched").restart.expect("a restart");
    assert_eq!((restart.delay_ms, restart.signal.as_deref()), (Some(2000.0), Some("SIGUSR1")));

    let features = client.features().await.expect("features");
    assert_eq!(features.version, Some(GatewayVersion::new(2026, 3, 2)));
    assert!(features.supports_file("TOOLS.md") && features.supports_file("HEARTBEAT.md"));
    assert_eq!(features.patch_restart(false), PatchRestart::AfterAnswer);
    assert_eq!(features.patches_per_minute(), Some(3));
    assert_eq!((features.heartbeat_target(), features.heartbeat_visibility_key()), ("last", "heartbeat"));
    let error = client.exec_approval_list().await.expect_err("not there yet");
    assert_eq!(error.rpc().expect("an answer").kind(), RpcErrorKind::UnknownMethod);
}

#[tokio::test]
async fn a_new_gateway_keeps_agents_as_entries_and_takes_patches_without_restart() {
    let (_gateway, client) = gateway("2026.9.6").await;
    let config = client.config_get().await.expect("config");
    assert_eq!(config.shape(), ConfigShape::Entries);
    assert_eq!(config.agent_ids(), ["main", MAIN]);
    let patch = ConfigPatch { patch: json!({}), base_hash: config.hash, note: None };
    let patched = client.config_patch(&patch).await.expect("patched");
    assert!(patched.restart.is_none() && patched.hash.is_some() && !patched.changed_paths.is_empty());

    let features = client.features().await.expect("features");
    assert!(!features.supports_file("TOOLS.md") && !features.supports_file("HEARTBEAT.md"));
    assert!(features.heartbeat_has_scratch() && features.wake_takes_agent());
    assert_eq!(features.patch_restart(true), PatchRestart::Never);
    assert_eq!(
        (features.heartbeat_target(), features.heartbeat_visibility_key()),
        ("none", "heartbeatVisibility")
    );

    let jobs = client.cron_list(false).await.expect("jobs");
    assert!(jobs.iter().any(|job| job.is_heartbeat_of(MAIN)));
    assert_eq!(client.cron_scratch_get("j").await.expect("scratch"), None);
    let scratch = client.cron_scratch_set("j", "x").await.expect("written");
    assert!(scratch.revision == 1 && scratch.content.contains("heartbeat"));
    assert!(client.cron_run("j").await.expect("run").ok);
    assert!(client.cron_add(json!({"name": "mc daily"})).await.expect("added").enabled);
    assert_eq!(client.models_list().await.expect("models")[0].provider.as_deref(), Some("stub"));
    assert_eq!(client.exec_approval_list().await.expect("approvals"), []);
    client.sessions_subscribe().await.expect("subscribed");
    let sessions = client.sessions_list(&SessionsQuery::default()).await.expect("sessions");
    assert_eq!(sessions.sessions[0].agent_id(), Some(MAIN));
    assert_eq!(sessions.sessions[0].rest["createdVia"], "operator");
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
#[case("unknown or expired approval id", "INVALID_REQUEST", RpcErrorKind::ApprovalNotFound)]
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
