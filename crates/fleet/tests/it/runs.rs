//! Turns, commands that wait, and use: what real gateways told, and a simulated one.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use mission_control_core::id::{AgentId, GatewayId, TaskId};
use mission_control_core::models::{
    Agent, ApprovalStatus, Board, ExecApproval, ExecApprovalState, ExecDecision, Gateway, LogEntry, Run,
    RunState, RunStep, RunTrigger, StepState,
};
use mission_control_core::rules::agent_token;
use mission_control_core::rules::version;
use mission_control_core::time::Timestamp;
use mission_control_fleet::approvals::{self as inbox, Decision};
use mission_control_fleet::exec_approvals::{self, ExecChoice, ExecDecisionError};
use mission_control_fleet::runs::{self, Recorder, Seen};
use mission_control_fleet::{Reply, usage};
use mission_control_gateway_rpc::{
    self as rpc, ApprovalResolved, ChatHistory, ModelTotals, SendMessage, TurnNews,
};
use mission_control_simulator::{AgentBehaviour, GatewayProfile, Simulator, SimulatorConfig};
use mission_control_store::runs::RunFilter;
use mission_control_store::usage::{UsageBy, UsageFilter};
use mission_control_store::{
    Page, StoreError, agents as agent_rows, boards as board_rows, event_log, exec_approvals as exec_rows,
    gateways as gateway_rows, runs as run_rows,
};
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::support::{PATIENCE, World, done, operator};

/// The agent in the recordings.
const RECORDED: &str = "mc-cap-agent";

fn recorded(name: &str, agent: AgentId) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../gateway-rpc/tests/frames").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.replace(RECORDED, &format!("mc-{agent}"))
}

fn events(release: &str, turn: &str, agent: AgentId) -> Vec<rpc::Event> {
    let lines = recorded(&format!("{release}.{turn}.jsonl"), agent);
    let event = |line: &str| {
        let mut frame: Value = serde_json::from_str(line).unwrap();
        let name = frame["event"].as_str().unwrap().to_owned();
        rpc::Event { name, payload: frame["payload"].take(), seq: None }
    };
    lines.lines().map(event).collect()
}

/// Hears an event, as the link does.
async fn hear(recorder: &mut Recorder, event: &rpc::Event) {
    if let Some(asked) = event.told::<rpc::ExecApproval>() {
        exec_approvals::asked(recorder, asked).await.unwrap();
    }
    if let Some(resolved) = event.told::<ApprovalResolved>() {
        exec_approvals::resolved(recorder, resolved).await.unwrap();
    }
    recorder.learn(TurnNews::of_event(event), Seen::Live).await.unwrap();
}

/// A fleet with a gateway that is registered and not there, and an agent on it.
pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) gateway: GatewayId,
    pub(crate) board: Board,
    pub(crate) agent: AgentId,
    token: String,
}

impl Scene {
    pub(crate) async fn new(backend: Backend) -> Self {
        let world = World::new(backend).await;
        let organization = world.caller.organization;
        let gateway = Gateway::new(organization, "Home", "ws://127.0.0.1:9", "~");
        let mut board = Board::new(organization, "Ship", "ship");
        board.gateway_id = Some(gateway.id);
        let token = agent_token::generate().expose_secret().to_owned();
        let agent = Agent {
            board_id: Some(board.id),
            token_digest: Some(agent_token::digest(&token)),
            openclaw_session_id: Some("session".to_owned()),
            ..Agent::new(gateway.id, "Ada")
        };
        let (gateway_id, agent_id, row) = (gateway.id, agent.id, board.clone());
        world
            .write(move |tx| {
                gateway_rows::insert(tx, &gateway)?;
                board_rows::insert(tx, &row)?;
                agent_rows::insert(tx, &agent)
            })
            .await;
        Self { world, gateway: gateway_id, board, agent: agent_id, token }
    }

    pub(crate) fn recorder(&self) -> Recorder {
        Recorder::new(self.world.fleet.clone(), self.gateway)
    }

    /// Hears events one after the other.
    pub(crate) async fn hear(&self, recorder: &mut Recorder, events: &[rpc::Event]) {
        for event in events {
            hear(recorder, event).await;
        }
    }

    async fn runs(&self) -> Vec<Run> {
        let filter = RunFilter {
            organization_id: self.world.caller.organization,
            boards: vec![self.board.id],
            without_board: false,
            agent_id: None,
            board_id: None,
            task_id: None,
            state: None,
            open: None,
            since: None,
        };
        let listed: Result<_, StoreError> =
            self.world.fleet.db().read(move |conn| run_rows::list(conn, &filter, Page::ALL)).await;
        listed.unwrap().items
    }

    pub(crate) async fn only_run(&self) -> (Run, Vec<RunStep>) {
        let mut runs = self.runs().await;
        assert_eq!(runs.len(), 1, "{runs:?}");
        let run = runs.remove(0);
        let id = run.id;
        let steps: Result<_, StoreError> =
            self.world.fleet.db().read(move |conn| run_rows::steps(conn, id)).await;
        (run, steps.unwrap())
    }

    pub(crate) async fn told(&self, kind: &str) -> usize {
        let events: Result<Vec<LogEntry>, StoreError> =
            self.world.fleet.db().read(|conn| event_log::after(conn, 0, 10_000)).await;
        events.unwrap().iter().filter(|event| event.kind.as_str() == kind).count()
    }

    pub(crate) async fn commands(&self) -> Vec<ExecApproval> {
        let filter = exec_rows::ExecApprovalFilter {
            organization_id: self.world.caller.organization,
            boards: vec![self.board.id],
            without_board: false,
            state: None,
            gateway_id: None,
        };
        let listed: Result<_, StoreError> =
            self.world.fleet.db().read(move |conn| exec_rows::list(conn, &filter, Page::ALL)).await;
        listed.unwrap().items
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_recorded_turn_is_one_run_with_its_tool_and_what_it_used(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values("2026.3.2", "2026.7.1", "2026.9.6")] release: &str,
) {
    let scene = Scene::new(backend).await;
    let events = events(release, "tool", scene.agent);
    scene.hear(&mut scene.recorder(), &events).await;
    let (run, steps) = scene.only_run().await;
    assert_eq!((run.state, run.reason, run.events_complete), (RunState::Done, None, true));
    assert!(run.started_at.is_some() && run.ended_at >= run.started_at);
    assert_eq!((run.agent_id, run.board_id), (scene.agent, Some(scene.board.id)));
    let person = if release == "2026.3.2" { RunTrigger::Unknown } else { RunTrigger::Person };
    assert_eq!(run.trigger_kind, person);
    let used = (run.calls, run.input_tokens, run.output_tokens, run.cost_micros);
    match release {
        "2026.3.2" => assert_eq!(used, (0, 0, 0, None)),
        "2026.7.1" => assert_eq!(used, (2, 8334 + 8396, 24, Some(8358 + 8420))),
        _ => assert_eq!(used, (2, 13444 + 13507, 24, Some(13468 + 13531))),
    }
    assert_eq!((steps.len(), run.tool_calls), (1, 1));
    let step = &steps[0];
    assert_eq!((step.name.as_str(), step.state), ("exec", StepState::Done));
    assert_eq!(step.arguments.as_deref(), Some(r#"{"command":"echo hi-there; sleep 1; echo done"}"#));
    assert_eq!(step.exit_code.is_some(), release != "2026.3.2");
    assert!(step.duration_ms.is_some(), "{step:?}");
    assert_eq!(scene.told("run.created").await, 1);

    // All over again, and in one piece: nothing is new.
    let changes = scene.told("run.updated").await;
    scene.hear(&mut scene.recorder(), &events).await;
    let all = events.iter().flat_map(TurnNews::of_event).collect();
    scene.recorder().learn(all, Seen::Live).await.unwrap();
    let (again, steps_again) = scene.only_run().await;
    assert_eq!(Run { last_event_at: run.last_event_at, ..again }, run);
    assert_eq!(steps_again.len(), 1);
    assert_eq!(scene.told("run.updated").await, changes);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_turn_that_was_stopped_ends_aborted_with_what_was_under_way(
    #[values("2026.3.2", "2026.7.1", "2026.9.6")] release: &str,
) {
    let scene = Scene::new(Backend::Sqlite).await;
    scene.hear(&mut scene.recorder(), &events(release, "abort-tool", scene.agent)).await;
    let (run, steps) = scene.only_run().await;
    assert_eq!(run.state, RunState::Aborted);
    assert_eq!(steps[0].state, StepState::Failed);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_recorded_command_waits_in_the_inbox_until_the_gateway_says_that_it_was_decided(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values("2026.3.2", "2026.7.1", "2026.9.6")] release: &str,
) {
    let scene = Scene::new(backend).await;
    let events = events(release, "approval-allow", scene.agent);
    let resolved = events.iter().position(|event| event.name == "exec.approval.resolved").unwrap();
    let mut recorder = scene.recorder();
    let asked = events.iter().position(|event| event.name == "exec.approval.requested").unwrap();
    scene.hear(&mut recorder, &events[..=asked]).await;
    let command = scene.commands().await.remove(0);
    assert!(command.command.starts_with("touch ") && command.cwd.is_some());
    assert_eq!(command.state, ExecApprovalState::Pending);
    let decisions = command.decisions();
    assert_eq!(decisions.contains(&ExecDecision::Always), release == "2026.3.2", "{decisions:?}");
    let waiting = scene.world.inbox(scene.board.id).await.remove(0);
    assert_eq!((waiting.status, waiting.action_type.as_str()), (ApprovalStatus::Pending, "exec"));
    assert_eq!(waiting.payload.unwrap()["command"], command.command);
    let (run, _) = scene.only_run().await;
    assert_eq!((run.state, command.run_id), (RunState::WaitingApproval, Some(run.id)));

    scene.hear(&mut recorder, &events[asked + 1..=resolved]).await;
    let command = scene.commands().await.remove(0);
    assert_eq!(command.state, ExecApprovalState::Allowed);
    assert_eq!(command.decided_by.as_deref(), Some("gateway-client"));
    let decided = scene.world.inbox(scene.board.id).await.remove(0);
    assert_eq!(decided.status, ApprovalStatus::Approved);
    assert!(decided.decision_reason.unwrap().contains("gateway-client"));
    scene.hear(&mut recorder, &events[resolved + 1..]).await;
    if release != "2026.9.6" {
        assert_eq!(scene.only_run().await.0.state, RunState::Done);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_a_gateway_does_not_know_any_more_is_lost_and_one_that_nobody_decided_expired(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::new(backend).await;
    let mut recorder = scene.recorder();
    let now = Timestamp::now().micros() as f64 / 1000.0;
    let command = |id: &str, expires: f64| rpc::ExecApproval {
        id: id.to_owned(),
        request: rpc::ExecRequest {
            command: "make".to_owned(),
            session_key: Some(format!("agent:mc-{}:main", scene.agent)),
            ..rpc::ExecRequest::default()
        },
        created_at_ms: Some(now - 60_000.0),
        expires_at_ms: Some(now + expires),
    };
    exec_approvals::asked(&mut recorder, command("late", -1000.0)).await.unwrap();
    exec_approvals::asked(&mut recorder, command("gone", 60_000.0)).await.unwrap();
    exec_approvals::asked(&mut recorder, command("there", 60_000.0)).await.unwrap();
    exec_approvals::expire(&scene.world.fleet, scene.gateway).await.unwrap();
    exec_approvals::still_waiting(&mut recorder, vec![command("there", 60_000.0)]).await.unwrap();
    let state = |rows: &[ExecApproval], id: &str| {
        rows.iter().find(|row| row.gateway_approval_id == id).map(|row| row.state).unwrap()
    };
    let rows = scene.commands().await;
    assert_eq!(state(&rows, "late"), ExecApprovalState::Expired);
    assert_eq!(state(&rows, "gone"), ExecApprovalState::Lost);
    assert_eq!(state(&rows, "there"), ExecApprovalState::Pending);
    let statuses: Vec<ApprovalStatus> =
        scene.world.inbox(scene.board.id).await.iter().map(|row| row.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == ApprovalStatus::Pending).count(), 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_was_missed_is_read_from_the_history_of_the_session(
    #[values("2026.7.1", "2026.9.6")] release: &str,
) {
    let scene = Scene::new(Backend::Sqlite).await;
    let text = recorded(&format!("{release}.history.json"), scene.agent);
    let history: ChatHistory = serde_json::from_str(&text).unwrap();
    let session = format!("agent:mc-{}:main", scene.agent);
    let news = TurnNews::of_history(&session, &history);
    for _ in 0..2 {
        scene.recorder().learn(news.clone(), Seen::Later).await.unwrap();
    }
    let runs = scene.runs().await;
    let last = &runs[0];
    assert_eq!((last.state, last.calls), (RunState::Done, 1), "{runs:?}");
    assert!(!last.events_complete && last.input_tokens > 10_000 && last.ended_at.is_some());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sums_of_a_session_count_once_and_for_the_run_that_just_ended(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::new(backend).await;
    let mut recorder = scene.recorder();
    scene.hear(&mut recorder, &events("2026.3.2", "tool", scene.agent)).await;
    let answer: Value = serde_json::from_str(&recorded("2026.3.2.session-usage.json", scene.agent)).unwrap();
    let models: Vec<ModelTotals> =
        serde_json::from_value(answer["sessions"][0]["usage"]["modelUsage"].clone()).unwrap();
    let session = answer["sessions"][0]["key"].as_str().unwrap();
    let transcript = answer["sessions"][0]["sessionId"].as_str().unwrap();
    let mut totals: Vec<(String, ModelTotals)> =
        models.into_iter().map(|model| (transcript.to_owned(), model)).collect();
    totals.retain(|(_, model)| model.is_of_a_model());
    for _ in 0..2 {
        recorder.learn_totals(session, totals.clone()).await.unwrap();
        let (run, _) = scene.only_run().await;
        assert_eq!((run.input_tokens, run.output_tokens, run.cost_micros), (49_220, 72, Some(49_364)));
        assert_eq!(run.model.as_deref(), Some("stub-1"));
    }
    totals[0].1.totals.output += 8.0;
    recorder.learn_totals(session, totals.clone()).await.unwrap();
    assert_eq!(scene.only_run().await.0.output_tokens, 80);
    // A transcript that was cut tells less: nothing is taken back.
    totals[0].1.totals.input = 5.0;
    recorder.learn_totals(session, totals).await.unwrap();
    assert_eq!(scene.only_run().await.0.input_tokens, 49_220);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_was_used_is_told_by_what_it_is_asked_by(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::new(backend).await;
    scene.hear(&mut scene.recorder(), &events("2026.9.6", "tool", scene.agent)).await;
    let now = Timestamp::now();
    let filter = UsageFilter {
        organization_id: scene.world.caller.organization,
        boards: None,
        without_board: true,
        agent_id: None,
        board_id: None,
        task_id: None,
        provider: None,
        model: None,
        from: now.minus(Duration::from_secs(3600)),
        to: now.plus(Duration::from_secs(3600)),
    };
    let by = [Some(UsageBy::Day), Some(UsageBy::Agent), Some(UsageBy::Model)];
    let report = usage::report(&scene.world.fleet, filter.clone(), by).await.unwrap();
    assert_eq!(report.groups.len(), 1);
    let group = &report.groups[0];
    assert_eq!((group.agent_name.as_deref(), group.model.as_deref()), (Some("Ada"), Some("stub-1")));
    assert_eq!(group.day.as_deref(), Some(now.utc().date_naive().to_string().as_str()));
    assert_eq!((group.used, group.used.runs, group.used.calls), (report.total, 1, 2));
    assert_eq!(report.total.total_tokens, 13444 + 13507 + 24);
    assert!(report.csv().lines().nth(1).unwrap().contains(",Ada,"));
    for (narrowed, calls) in [
        (UsageFilter { agent_id: Some(scene.agent), ..filter.clone() }, 2),
        (UsageFilter { agent_id: Some(AgentId::random()), ..filter.clone() }, 0),
        (UsageFilter { board_id: Some(scene.board.id), ..filter.clone() }, 2),
        (UsageFilter { task_id: Some(TaskId::random()), ..filter.clone() }, 0),
        (UsageFilter { model: Some("stub-1".to_owned()), ..filter.clone() }, 2),
        (UsageFilter { provider: Some("nobody".to_owned()), ..filter.clone() }, 0),
    ] {
        let report = usage::report(&scene.world.fleet, narrowed.clone(), [None; 3]).await.unwrap();
        assert_eq!(report.total.calls, calls, "{narrowed:?}");
    }
    let closed = UsageFilter { boards: Some(Vec::new()), without_board: false, ..filter };
    let none = usage::report(&scene.world.fleet, closed, [None; 3]).await.unwrap();
    assert_eq!((none.groups.len(), none.total.calls), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_in_what_a_tool_was_called_with_are_not_kept() {
    let scene = Scene::new(Backend::Sqlite).await;
    let args = json!({
        "command": format!("curl -H 'X-Agent-Token: {}' http://example", scene.token),
        "api_key": "something",
    });
    let payload = json!({
        "stream": "tool", "runId": "r", "sessionKey": format!("agent:mc-{}:main", scene.agent),
        "data": {"phase": "start", "name": "exec", "toolCallId": "c", "args": args},
    });
    let event = rpc::Event { name: "agent".to_owned(), payload, seq: None };
    scene.hear(&mut scene.recorder(), &[event]).await;
    let (run, steps) = scene.only_run().await;
    let kept = steps[0].arguments.clone().unwrap();
    assert!(kept.contains("curl") && !kept.contains(&scene.token) && !kept.contains("something"), "{kept}");
    assert_eq!(run.state, RunState::Running);
}

#[tokio::test(flavor = "multi_thread")]
async fn turns_of_sessions_that_are_not_ours_are_nobodys_business() {
    let scene = Scene::new(Backend::Sqlite).await;
    let text = recorded("2026.9.6.tool.jsonl", scene.agent).replace(&scene.agent.to_string(), "stranger");
    let event = |line: &str| {
        let mut frame: Value = serde_json::from_str(line).unwrap();
        let name = frame["event"].as_str().unwrap().to_owned();
        rpc::Event { name, payload: frame["payload"].take(), seq: None }
    };
    let events: Vec<rpc::Event> = text.lines().map(event).collect();
    scene.hear(&mut scene.recorder(), &events).await;
    assert_eq!(scene.runs().await, []);
}

/// A simulated gateway with an agent, and its turns as they are heard.
pub(crate) async fn live(
    profile: GatewayProfile,
    thinks: Duration,
) -> (Scene, Simulator, tokio::task::JoinHandle<()>) {
    let config = SimulatorConfig {
        profile,
        agent_behaviour: AgentBehaviour::Silent,
        turn_delay: thinks,
        ..SimulatorConfig::default()
    };
    let simulator = Simulator::start(config).await.unwrap();
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    let scene = Scene { world, gateway: gateway.id, board, agent: agent.id, token: String::new() };
    let client = operator(&simulator).await;
    let mut events = client.events();
    let mut recorder = scene.recorder();
    let fleet_hears = async move {
        while let Some(event) = events.next_event().await {
            hear(&mut recorder, &event).await;
        }
        drop(client);
    };
    let hears = tokio::spawn(fleet_hears);
    (scene, simulator, hears)
}

#[rstest]
#[case::once(ExecDecision::Once, ExecApprovalState::Allowed, ApprovalStatus::Approved)]
#[case::deny(ExecDecision::Deny, ExecApprovalState::Denied, ApprovalStatus::Rejected)]
#[tokio::test(flavor = "multi_thread")]
async fn a_decision_reaches_the_gateway_and_is_made_once(
    #[case] decision: ExecDecision,
    #[case] state: ExecApprovalState,
    #[case] status: ApprovalStatus,
    #[values(true, false)] by_the_inbox: bool,
) {
    let (scene, simulator, hears) = live(GatewayProfile::modern(), Duration::from_millis(20)).await;
    simulator.request_exec_approval(&format!("mc-{}", scene.agent), "make deploy");
    let command =
        wait_until("the command", PATIENCE, async || scene.commands().await.into_iter().next()).await;
    let by = scene.world.caller.user.unwrap();
    let always = ExecChoice { decision: ExecDecision::Always, reason: None, by };
    let refused = exec_approvals::decide(&scene.world.fleet, command.id, always).await;
    assert!(matches!(refused, Err(ExecDecisionError::Unavailable { .. })), "{refused:?}");

    let choice = ExecChoice { decision, reason: Some("It is fine.".to_owned()), by };
    if by_the_inbox {
        let decided = Decision {
            status: Some(status),
            reason: choice.reason.clone(),
            by,
            seen: version::Seen::WHATEVER,
        };
        let id = command.approval_id.unwrap();
        inbox::decide(&scene.world.fleet, scene.board.id, id, decided).await.unwrap();
    } else {
        exec_approvals::decide(&scene.world.fleet, command.id, choice.clone()).await.unwrap();
    }
    let settled = wait_until("the gateway's word", PATIENCE, async || {
        scene.commands().await.into_iter().next().filter(|command| !command.state.is_open())
    })
    .await;
    assert_eq!((settled.state, settled.decision), (state, Some(decision)));
    assert_eq!((settled.decided_by_user_id, settled.decided_by), (Some(by), None));
    let approval = scene.world.inbox(scene.board.id).await.remove(0);
    assert_eq!((approval.status, approval.resolved_by_user_id), (status, Some(by)));
    let again = exec_approvals::decide(&scene.world.fleet, command.id, choice).await;
    assert!(matches!(again, Err(ExecDecisionError::Over(_))), "{again:?}");
    hears.abort();
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_goes_on_is_stopped_on_its_gateway(
    #[values(GatewayProfile::old(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let (scene, simulator, hears) = live(profile, Duration::from_secs(60)).await;
    let client = operator(&simulator).await;
    let message = SendMessage::new(format!("agent:mc-{}:main", scene.agent), "Think hard.");
    let name = message.run(client.ask(&message).await.unwrap());
    let run = wait_until("the run", PATIENCE, async || {
        let runs = scene.runs().await;
        runs.into_iter().find(|run| run.gateway_run_id.as_ref() == Some(&name))
    })
    .await;
    let by = scene.world.caller.user.unwrap();
    let stopped = runs::abort(&scene.world.fleet, run.id, by).await.unwrap();
    assert!(matches!(stopped, Reply::Done(ref run) if run.state == RunState::Aborted), "{stopped:?}");
    let again = runs::abort(&scene.world.fleet, run.id, by).await;
    assert!(again.is_err(), "it is over");
    hears.abort();
}
