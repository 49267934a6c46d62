//! Faults of gateways and agents.

use std::time::Duration;

use mission_control_core::models::{
    AgentStatus, Approval, ApprovalStatus, ConnectionState, StaleCause, StaleTask, Task, TaskStatus,
};
use mission_control_core::rules::approvals::STALE_TASK;
use mission_control_core::time::Timestamp;
use mission_control_fleet::doctor::examine;
use mission_control_simulator::{Fault, FaultScript, Pairing, SimulatorConfig, Trigger};
use mission_control_store::tasks::{self, stale};
use mission_control_store::{agents, approvals};
use mission_control_testkit::scratch::{Backend, ScratchDatabase};
use rstest::rstest;
use serde_json::json;

use super::{Ward, expected, simulator};

/// How a gateway is not as it should be.
#[derive(Debug, Clone, Copy)]
enum Ill {
    Away,
    OtherToken,
    Unpaired,
    WithoutScopes,
    TooOld,
    WithoutAgents,
    WithoutFiles,
}

#[rstest]
#[case(Ill::Away, &["gateway_unreachable"])]
#[case(Ill::OtherToken, &["gateway_refused"])]
#[case(Ill::Unpaired, &["gateway_pairing_required"])]
#[case(Ill::WithoutScopes, &["gateway_scope_missing"])]
#[case(Ill::TooOld, &["gateway_too_old"])]
#[case(Ill::WithoutAgents, &["gateway_agents_missing"])]
#[case(Ill::WithoutFiles, &["gateway_files_unsupported"])]
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_a_gateway_is_named_and_nothing_else(#[case] ill: Ill, #[case] codes: &[&'static str]) {
    let mut ward = Ward::new().await;
    let open = SimulatorConfig { token: None, ..SimulatorConfig::default() };
    let unsupported =
        Fault::Error { code: "INVALID_REQUEST".into(), message: "unsupported file \"AGENTS.md\"".into() };
    let without_scope =
        Fault::Error { code: "INVALID_REQUEST".into(), message: "missing scope: operator.read".into() };
    let config = match ill {
        Ill::OtherToken => SimulatorConfig::default(),
        Ill::Unpaired => SimulatorConfig { pairing: Pairing::Required, ..open },
        Ill::WithoutScopes => {
            SimulatorConfig { faults: FaultScript::one(Trigger::always("config.get"), without_scope), ..open }
        }
        Ill::WithoutFiles => SimulatorConfig {
            faults: FaultScript::one(Trigger::always("agents.files.get"), unsupported),
            ..open
        },
        _ => open,
    };
    let simulator = simulator(config).await;
    if matches!(ill, Ill::WithoutFiles) {
        let key = format!("mc-{}", ward.agent.id);
        simulator.edit_config(&json!({ "agents": { "entries": { key: { "workspace": "/srv/ada" } } } }));
    }
    if matches!(ill, Ill::TooOld | Ill::OtherToken | Ill::Unpaired | Ill::WithoutScopes) {
        ward.agent.status = AgentStatus::Provisioning;
    }
    let url = if matches!(ill, Ill::Away) { "ws://127.0.0.1:1".to_owned() } else { simulator.url() };
    ward.with_gateway(url, ConnectionState::Up).await;
    let minimum = if matches!(ill, Ill::TooOld) { "2099.1.1" } else { "" };
    assert_eq!(ward.codes(&[("GATEWAY_MIN_VERSION", minimum)]).await, expected(codes));
}

#[rstest]
#[case::failed("offline", None, "agent_failed")]
#[case::stuck("updating", Some(1), "agent_stuck")]
#[case::silent("online", Some(60 * 24), "agent_silent")]
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_an_agent_is_named(
    #[case] status: &str,
    #[case] seen_minutes: Option<u64>,
    #[case] code: &'static str,
) {
    let mut ward = Ward::new().await;
    let long_ago = Timestamp::now().minus(Duration::from_secs(3600));
    ward.agent.status = AgentStatus::from(status);
    ward.agent.status_since = Some(long_ago);
    ward.agent.last_seen_at =
        seen_minutes.map(|minutes| Timestamp::now().minus(Duration::from_secs(60 * minutes)));
    ward.with_gateway("ws://127.0.0.1:1".to_owned(), ConnectionState::Up).await;
    assert_eq!(ward.codes(&[]).await, expected(&[code, "gateway_unreachable"]));
}

/// How the question about a stale task stands, and for how many hours it is asked.
type Asked = Option<(ApprovalStatus, u32)>;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_nobody_takes_from_an_agent_that_does_nothing_is_named(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    const HOUR: Duration = Duration::from_secs(3600);
    let database = tokio::task::spawn_blocking(move || ScratchDatabase::migrated(backend)).await.unwrap();
    let ward = Ward::on(database).await;
    ward.with_gateway("ws://127.0.0.1:1".to_owned(), ConnectionState::Up).await;
    let agent = ward.agent.id;
    let board = ward.write(move |tx| agents::find(tx, agent)).await.unwrap().board_id.unwrap();
    let mut task = Task::new(board, "Count crates");
    (task.status, task.assigned_agent_id) = (TaskStatus::InProgress, Some(agent));
    let id = task.id;
    ward.write(move |tx| tasks::insert(tx, &task)).await;
    let marked = async |hours: u32, asked: Asked| {
        ward.write(move |tx| {
            let now = Timestamp::now();
            let approval = asked.map(|(status, hours)| {
                let created_at = now.minus(HOUR * hours);
                Approval { status, created_at, ..Approval::new(board, STALE_TASK, 0.0) }
            });
            if let Some(approval) = &approval {
                approvals::insert(tx, approval, &[])?;
            }
            let since = now.minus(HOUR * hours);
            let (cause, approval_id) = (StaleCause::Paused, approval.map(|approval| approval.id));
            let mark =
                StaleTask { task_id: id, agent_id: agent, cause, since, marked_at: since, approval_id };
            stale::mark(tx, &mark)
        })
        .await;
        ward.codes(&[]).await
    };
    let (quiet, told) =
        (expected(&["gateway_unreachable"]), expected(&["gateway_unreachable", "tasks_stale"]));
    assert_eq!(marked(1, None).await, quiet, "its agent may come back");
    assert_eq!(marked(25, None).await, told, "it is left there");
    assert_eq!(marked(25, Some((ApprovalStatus::Pending, 2))).await, quiet, "somebody may answer yet");
    assert_eq!(marked(25, Some((ApprovalStatus::Rejected, 25))).await, quiet, "it is to stay");
    assert_eq!(marked(25, Some((ApprovalStatus::Pending, 25))).await, told, "nobody answers");
    let found = examine(&ward.settings(&[])).await.findings;
    let found = found.iter().find(|finding| finding.code.as_str() == "tasks_stale").unwrap();
    assert_eq!(found.subject.shown().id, Some(agent.to_string()));
    assert!(found.remedy.contains("approvals (stale_task)"), "{found:?}");
    ward.write(move |tx| stale::unmark(tx, id)).await;
    assert_eq!(ward.codes(&[]).await, quiet);
}
