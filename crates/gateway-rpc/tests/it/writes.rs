//! What gateways say after they were asked to change something.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::time::Duration;

use mission_control_gateway_rpc::{
    AbortChat, AddJob, AgentTurn, ApprovalDecision, ApproveDevice, Client, CreateAgent, DeleteAgent,
    DeleteSession, GatewayError, PatchConfig, PatchSession, RemoveDevice, RemoveJob, Request, ResetSession,
    ResolveApproval, RunJob, RunMode, SendMessage, SubscribeMessages, SubscribeSessions, UpdateAgent,
    UpdateJob, Wake, WakeMode, WriteFile, WriteScratch,
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::dialect;
use crate::support::Gateway;

/// Methods that change nothing. The others are in [`WRITES`].
const READS: [&str; 20] = [
    "agent.wait",
    "agents.files.get",
    "agents.files.list",
    "agents.list",
    "chat.history",
    "config.get",
    "cron.list",
    "cron.scratch.get",
    "device.pair.list",
    "exec.approval.list",
    "exec.approvals.get",
    "health",
    "logs.tail",
    "models.list",
    "sessions.list",
    "sessions.usage",
    "sessions.usage.timeseries",
    "status",
    "usage.cost",
    "usage.status",
];

type Asked<'a> = Pin<Box<dyn Future<Output = Result<(), GatewayError>> + Send + 'a>>;

struct Write {
    method: &'static str,
    ask: for<'a> fn(&'a Client) -> Asked<'a>,
}

macro_rules! writes {
    ($($type:ident = $request:expr),+ $(,)?) => {
        [$(Write {
            method: <$type as Request>::METHOD,
            ask: |client| Box::pin(async move { client.ask(&$request).await.map(drop) }),
        }),+]
    };
}

/// All writes but `agent`, which answers twice and is no [`Request`].
const WRITES: [Write; 21] = writes![
    AbortChat = AbortChat { session_key: "s", run_id: None },
    AddJob = AddJob(json!({})),
    ApproveDevice = ApproveDevice { request_id: "r" },
    CreateAgent = CreateAgent { name: "a", workspace: "/w" },
    DeleteAgent = DeleteAgent { agent_id: "a", delete_files: true },
    DeleteSession = DeleteSession { key: "s" },
    PatchConfig = PatchConfig::default(),
    PatchSession = PatchSession { key: "s", label: None },
    RemoveDevice = RemoveDevice { device_id: "d" },
    RemoveJob = RemoveJob { id: "j" },
    ResetSession = ResetSession { key: "s" },
    ResolveApproval = ResolveApproval { id: "a", decision: ApprovalDecision::Deny },
    RunJob = RunJob { id: "j", mode: RunMode::Force },
    SendMessage = SendMessage::new("s", "hi"),
    SubscribeMessages = SubscribeMessages { key: "s" },
    SubscribeSessions = SubscribeSessions {},
    UpdateAgent = UpdateAgent { agent_id: "a", ..UpdateAgent::default() },
    UpdateJob = UpdateJob { id: "j", patch: json!({}) },
    Wake = Wake { mode: WakeMode::Now, text: "now".to_owned(), agent_id: None, session_key: None },
    WriteFile = WriteFile { agent_id: "a", name: "AGENTS.md", content: "x" },
    WriteScratch = WriteScratch { id: "j", content: "x" },
];

/// What answers say in some version or another, and what none says.
const FACTS: [&str; 30] = [
    "aborted",
    "agentId",
    "changedPaths",
    "config",
    "deleted",
    "device",
    "enabled",
    "entry",
    "failed",
    "file",
    "hash",
    "id",
    "job",
    "key",
    "name",
    "noop",
    "ok",
    "path",
    "purgeFailed",
    "removed",
    "removedBindings",
    "restart",
    "result",
    "runId",
    "runIds",
    "scratch",
    "status",
    "summary",
    "surplus",
    "workspace",
];

/// Answers that no version gives, or not yet.
fn odd_answers() -> Vec<Value> {
    let forms = [
        json!(null),
        json!(true),
        json!(7.5),
        json!("x"),
        json!([]),
        json!([1, null, "x", {}]),
        json!({"x": 1}),
    ];
    let all = |form: &Value| FACTS.iter().map(|fact| ((*fact).to_owned(), form.clone())).collect();
    let objects: Vec<Value> = forms.iter().map(|form| Value::Object(all(form))).collect();
    forms.into_iter().chain([json!({})]).chain(objects).collect()
}

/// Answers every request with the same.
async fn gateway(answer: Value) -> (Gateway, Client) {
    let gateway = Gateway::start(move |mut peer| {
        let answer = answer.clone();
        async move {
            peer.accept().await;
            peer.serve(|_| answer.clone()).await;
        }
    })
    .await;
    let client = Client::connect(gateway.options()).await.expect("connects");
    (gateway, client)
}

#[test]
fn every_method_is_known_to_read_or_to_write() {
    let known: BTreeSet<String> =
        WRITES.iter().map(|write| write.method).chain(READS).map(str::to_owned).collect();
    assert_eq!(dialect::asked(), known);
}

#[tokio::test]
async fn a_write_that_took_effect_is_no_error_whatever_is_said_of_it() {
    for answer in odd_answers() {
        let (_gateway, client) = gateway(answer.clone()).await;
        for write in WRITES {
            let asked = (write.ask)(&client).await;
            assert_eq!(asked, Ok(()), "{}: {answer}", write.method);
        }
        let turn = AgentTurn::new("s", "hi");
        let run = client.agent(&turn).await.expect("accepted");
        let named = answer["runId"].as_str().unwrap_or(&turn.idempotency_key);
        assert_eq!(run.run_id, named, "{answer}");
        run.finish(Duration::from_secs(5)).await.expect("the end");
    }
}

#[rstest]
#[case(json!({"runId": "run-1", "status": 7}), "run-1")]
#[case(json!({"runId": "", "status": "started"}), "key")]
#[case(json!({"runId": {"id": "run-1"}}), "key")]
#[case(json!(null), "key")]
#[tokio::test]
async fn a_message_s_run_is_called_what_the_gateway_calls_it_or_else_by_the_message_s_key(
    #[case] answer: Value,
    #[case] run: &str,
) {
    let (_gateway, client) = gateway(answer).await;
    let message = SendMessage { idempotency_key: "key".to_owned(), ..SendMessage::new("s", "hi") };
    assert_eq!(message.run(client.ask(&message).await.expect("sent")), run);
}

#[rstest]
#[case(json!({"restart": true}), true)]
#[case(json!({"restart": {"delayMs": "soon"}}), true)]
#[case(json!({"restart": null}), false)]
#[case(json!({"restart": false, "noop": "yes"}), false)]
#[tokio::test]
async fn a_restart_is_announced_in_whatever_form(#[case] answer: Value, #[case] restarts: bool) {
    let (_gateway, client) = gateway(answer).await;
    assert_eq!(client.ask(&PatchConfig::default()).await.expect("patched").restarts, restarts);
}

#[rstest]
#[case(json!({"removed": 1, "failed": [], "purgeFailed": false}), false)]
#[case(json!({"removed": {}, "failed": null}), false)]
#[case(json!({"failed": ["/w"]}), true)]
#[case(json!({"failed": "/w"}), true)]
#[case(json!({"failed": [7]}), true)]
#[case(json!({"removed": "?", "purgeFailed": "transcripts"}), true)]
#[tokio::test]
async fn what_a_deletion_left_is_told_in_whatever_form(#[case] answer: Value, #[case] incomplete: bool) {
    let (_gateway, client) = gateway(answer).await;
    let deleted = client.ask(&DeleteAgent { agent_id: "a", delete_files: true }).await.expect("deleted");
    assert_eq!(deleted.is_incomplete(), incomplete);
}
