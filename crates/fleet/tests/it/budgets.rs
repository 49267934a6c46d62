//! Budgets: what is used counts, and what is used up stops.

use std::time::Duration;

use mission_control_core::id::{AgentId, BudgetId, GatewayId};
use mission_control_core::models::{
    Agent, AgentPause, Approval, ApprovalStatus, Board, Budget, BudgetMetric, BudgetPeriod, BudgetStage,
    BudgetWindow, Gateway, PauseCause,
};
use mission_control_core::problem::Code;
use mission_control_core::rules::lifecycle;
use mission_control_core::time::Timestamp;
use mission_control_fleet::agents;
use mission_control_fleet::budgets::{self, BudgetPatch, NewBudget};
use mission_control_fleet::runs::{Recorder, Seen};
use mission_control_gateway_rpc::{self as rpc, TurnNews};
use mission_control_shapes::BudgetRead;
use mission_control_store::jobs::JobFilter;
use mission_control_store::{
    Page, StoreError, agents as agent_rows, approvals as approval_rows, boards as board_rows,
    budgets as budget_rows, gateways as gateway_rows, jobs as job_rows,
};
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;
use serde_json::{Value, json};

use super::support::{PATIENCE, World};

/// What the recorded turn of 2026.9.6 uses.
const TURN: i64 = 13444 + 13507 + 24;

/// What is another one in another agent's turn.
const RECORDED_RUN: &str = "6ba1137a-84c7-4071-a61f-1c3513445fe0";
const RECORDED_SESSION: &str = "2d144e3b-a232-4a32-982e-01f434cd818d";

/// A gateway that is registered and not there, with two agents on a board.
struct Scene {
    world: World,
    gateway: GatewayId,
    board: Board,
    ada: AgentId,
    bob: AgentId,
}

impl Scene {
    async fn new(backend: Backend) -> Self {
        let world = World::new(backend).await;
        let organization = world.caller.organization;
        let gateway = Gateway::new(organization, "Home", "ws://127.0.0.1:9", "~");
        let mut board = Board::new(organization, "Ship", "ship");
        board.gateway_id = Some(gateway.id);
        let agent = |name: &str| Agent {
            board_id: Some(board.id),
            openclaw_session_id: Some("session".to_owned()),
            ..Agent::new(gateway.id, name)
        };
        let (ada, bob) = (agent("Ada"), agent("Bob"));
        let (gateway_id, row, ids) = (gateway.id, board.clone(), (ada.id, bob.id));
        world
            .write(move |tx| {
                gateway_rows::insert(tx, &gateway)?;
                board_rows::insert(tx, &row)?;
                agent_rows::insert(tx, &ada)?;
                agent_rows::insert(tx, &bob)
            })
            .await;
        Self { world, gateway: gateway_id, board, ada: ids.0, bob: ids.1 }
    }

    fn new_budget(&self, limit: i64) -> NewBudget {
        NewBudget {
            board_id: None,
            agent_id: None,
            metric: BudgetMetric::Tokens,
            period: BudgetPeriod::Day,
            time_zone: "Europe/Berlin".to_owned(),
            limit,
            warn_percent: 80,
            slow_percent: 90,
            abort_running: false,
            resume_on_new_window: true,
        }
    }

    async fn create(&self, new: NewBudget) -> BudgetRead {
        budgets::create(&self.world.fleet, self.world.caller, new).await.unwrap()
    }

    /// An agent's turn, as a real gateway told it, now.
    async fn turn(&self, agent: AgentId) {
        let recorded = include_str!("../../../gateway-rpc/tests/frames/2026.9.6.tool.jsonl");
        let mut lines = recorded.replace("mc-cap-agent", &format!("mc-{agent}"));
        for name in [RECORDED_RUN, RECORDED_SESSION] {
            lines = lines.replace(name, &format!("{name}-{agent}"));
        }
        let mut recorder = Recorder::new(self.world.fleet.clone(), self.gateway);
        for line in lines.lines() {
            let mut frame: Value = serde_json::from_str(line).unwrap();
            let name = frame["event"].as_str().unwrap().to_owned();
            let event = rpc::Event { name, payload: frame["payload"].take(), seq: None };
            recorder.learn(TurnNews::of_event(&event), Seen::Live).await.unwrap();
        }
    }

    /// How often somebody asked for a look at the gateway, which sets the pace of heartbeats.
    async fn looks(&self) -> usize {
        let filter = JobFilter { kind: Some("gateway.reconcile".to_owned()), ..JobFilter::default() };
        let read = self.world.fleet.db().read(move |conn| job_rows::list(conn, &filter, Page::ALL));
        let listed: Result<_, StoreError> = read.await;
        listed.unwrap().items.len()
    }

    async fn read(&self, id: BudgetId) -> BudgetRead {
        budgets::find(&self.world.fleet, id).await.unwrap().unwrap().2
    }

    async fn when(&self, id: BudgetId, stage: BudgetStage) -> BudgetRead {
        wait_until(&format!("the budget to be {stage}"), PATIENCE, async || {
            let read = self.read(id).await;
            (read.window.stage == stage).then_some(read)
        })
        .await
    }

    async fn is_paused(&self, agent: AgentId) -> bool {
        self.world.agent(agent).await.paused_at.is_some()
    }

    /// Has all budgets looked at, as by the clock.
    async fn sweep(&self) {
        self.world.run_job("budgets.sweep").await;
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_budget_of_a_thousand_tokens_pauses_its_agent_within_one_turn_and_asks_whether_it_goes_on(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::new(backend).await;
    let new = NewBudget { agent_id: Some(scene.ada), ..scene.new_budget(1000) };
    let budget = scene.create(new).await;
    assert_eq!((budget.window.used, budget.window.stage), (0, BudgetStage::Ok));
    scene.turn(scene.bob).await;
    scene.turn(scene.ada).await;
    let stopped = scene.when(budget.id, BudgetStage::Stopped).await;
    assert_eq!((stopped.window.used, stopped.held_agent_ids), (TURN, vec![scene.ada]));
    assert!(scene.is_paused(scene.ada).await && !scene.is_paused(scene.bob).await);

    // Told all over again, nothing is used twice, and nobody is asked twice.
    scene.turn(scene.ada).await;
    scene.sweep().await;
    assert_eq!(scene.read(budget.id).await.window.used, TURN);
    let asked = scene.world.inbox(scene.board.id).await;
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert_eq!((asked[0].action_type.as_str(), asked[0].status), ("budget", ApprovalStatus::Pending));
    assert_eq!(stopped.window.approval_id, Some(asked[0].id));

    scene.world.decide(&asked[0], ApprovalStatus::Approved).await;
    let goes_on = scene.read(budget.id).await;
    assert_eq!((goes_on.window.stage, goes_on.held_agent_ids), (BudgetStage::Slowed, vec![]));
    assert_eq!(goes_on.window.extra, TURN, "a thousand more than what was used");
    assert!(!scene.is_paused(scene.ada).await);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn money_and_runs_of_a_board_and_of_the_organization_count_as_well(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::new(backend).await;
    scene.turn(scene.bob).await;
    let runs = NewBudget { metric: BudgetMetric::Runs, period: BudgetPeriod::Week, ..scene.new_budget(2) };
    let money = NewBudget {
        metric: BudgetMetric::Cost,
        period: BudgetPeriod::Month,
        board_id: Some(scene.board.id),
        ..scene.new_budget(59_000)
    };
    let (runs, money) = (scene.create(runs).await, scene.create(money).await);
    assert_eq!((runs.window.used, money.window.used), (1, 13468 + 13531), "what was before counts");
    scene.turn(scene.ada).await;
    let money = scene.when(money.id, BudgetStage::Slowed).await;
    assert_eq!(money.window.used, 2 * (13468 + 13531));
    assert_eq!(scene.when(runs.id, BudgetStage::Stopped).await.window.used, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_warned_before_gateways_are_asked_to_slow_heartbeats_down_which_ends_with_a_higher_limit()
{
    let scene = Scene::new(Backend::Sqlite).await;
    let new = NewBudget { board_id: Some(scene.board.id), ..scene.new_budget(TURN * 100 / 85) };
    let budget = scene.create(new).await;
    scene.turn(scene.ada).await;
    scene.when(budget.id, BudgetStage::Warned).await;
    assert!(!scene.is_paused(scene.ada).await);
    assert!(scene.looks().await == 0, "a warning slows nothing down");
    let patch = BudgetPatch { limit_amount: Some(TURN * 100 / 95), ..BudgetPatch::default() };
    let slowed = budgets::update(&scene.world.fleet, scene.world.caller, budget.id, patch).await.unwrap();
    assert_eq!(slowed.window.stage, BudgetStage::Slowed);
    assert_eq!(scene.looks().await, 1, "it sets the pace of heartbeats");
    let patch = BudgetPatch { limit_amount: Some(TURN * 10), ..BudgetPatch::default() };
    let wide = budgets::update(&scene.world.fleet, scene.world.caller, budget.id, patch).await.unwrap();
    assert_eq!(wide.window.stage, BudgetStage::Ok);
}

/// A budget whose window of yesterday was used up, and an agent that it paused then.
async fn yesterday(scene: &Scene, agent: AgentId, resume_on_new_window: bool) -> BudgetId {
    let budget = Budget {
        board_id: Some(scene.board.id),
        resume_on_new_window,
        ..Budget::new(scene.world.caller.organization, BudgetMetric::Tokens, 1000)
    };
    let id = budget.id;
    let start = Timestamp::parse("2026-01-01T00:00:00").unwrap();
    let window = BudgetWindow {
        budget_id: id,
        starts_at: start,
        ends_at: start.plus(Duration::from_secs(86_400)),
        used: 2000,
        extra: 0,
        stage: BudgetStage::Stopped,
        approval_id: None,
        changed_at: start,
    };
    let pause = AgentPause {
        agent_id: agent,
        paused_at: start,
        cause: PauseCause::Budget,
        reason: "It was used up.".to_owned(),
        budget_id: Some(id),
        window_starts_at: Some(start),
    };
    scene
        .world
        .write(move |tx| {
            budget_rows::insert(tx, &budget)?;
            budget_rows::open_window(tx, &window)?;
            agent_rows::update(tx, agent, &lifecycle::paused(Some(start)).changes)?;
            budget_rows::save_pause(tx, &pause)
        })
        .await;
    id
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_new_window_lets_those_go_on_that_the_budget_paused_and_nobody_else(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::new(backend).await;
    agents::pause(&scene.world.fleet, scene.world.caller, scene.bob).await.unwrap();
    let budget = yesterday(&scene, scene.ada, true).await;
    scene.sweep().await;
    assert_eq!(scene.read(budget).await.window.used, 0);
    assert!(!scene.is_paused(scene.ada).await && scene.is_paused(scene.bob).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_to_wait_for_a_person_does_so_and_what_a_person_pauses_stays_paused() {
    let scene = Scene::new(Backend::Sqlite).await;
    yesterday(&scene, scene.ada, false).await;
    yesterday(&scene, scene.bob, true).await;
    agents::pause(&scene.world.fleet, scene.world.caller, scene.bob).await.unwrap();
    scene.sweep().await;
    assert!(scene.is_paused(scene.ada).await && scene.is_paused(scene.bob).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_goes_on_when_the_last_of_its_budgets_has_something_left_or_is_gone() {
    let scene = Scene::new(Backend::Sqlite).await;
    let own = scene.create(NewBudget { agent_id: Some(scene.ada), ..scene.new_budget(1000) }).await;
    let boards = scene.create(NewBudget { board_id: Some(scene.board.id), ..scene.new_budget(1000) }).await;
    scene.turn(scene.ada).await;
    for id in [own.id, boards.id] {
        scene.when(id, BudgetStage::Stopped).await;
    }
    assert!(scene.is_paused(scene.bob).await, "its board has nothing left");
    budgets::extend(&scene.world.fleet, scene.world.caller, own.id, 500).await.unwrap();
    assert!(scene.is_paused(scene.ada).await);
    budgets::delete(&scene.world.fleet, scene.world.caller, boards.id).await.unwrap();
    assert!(!scene.is_paused(scene.ada).await && !scene.is_paused(scene.bob).await);
    let asked = scene.world.inbox(scene.board.id).await;
    assert!(asked.iter().all(|approval| approval.status != ApprovalStatus::Pending), "{asked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_lets_one_agent_go_on_and_an_approval_of_an_agents_making_lets_nobody() {
    let scene = Scene::new(Backend::Sqlite).await;
    let budget = scene.create(NewBudget { board_id: Some(scene.board.id), ..scene.new_budget(1000) }).await;
    scene.turn(scene.ada).await;
    scene.when(budget.id, BudgetStage::Stopped).await;
    let forged = Approval {
        agent_id: Some(scene.ada),
        payload: Some(json!({ "reason": "More.", "budget_id": budget.id })),
        ..Approval::new(scene.board.id, "budget", 99.0)
    };
    let row = forged.clone();
    scene.world.write(move |tx| approval_rows::insert(tx, &row, &[])).await;
    scene.world.decide(&forged, ApprovalStatus::Approved).await;
    assert_eq!(scene.read(budget.id).await.window.extra, 0);
    assert!(scene.is_paused(scene.ada).await);

    let _ = agents::resume(&scene.world.fleet, scene.world.caller, scene.bob).await;
    scene.sweep().await;
    assert!(!scene.is_paused(scene.bob).await, "a person said so");
    assert_eq!(scene.read(budget.id).await.held_agent_ids, [scene.ada]);
}

#[rstest]
#[case::no_limit(|new: &mut NewBudget| new.limit = 0)]
#[case::no_zone(|new: &mut NewBudget| new.time_zone = "Berlin".to_owned())]
#[case::warned_after_it_slowed(|new: &mut NewBudget| new.warn_percent = 95)]
#[case::too_much(|new: &mut NewBudget| new.slow_percent = 101)]
#[tokio::test(flavor = "multi_thread")]
async fn a_budget_that_makes_no_sense_is_refused(#[case] spoil: fn(&mut NewBudget)) {
    let scene = Scene::new(Backend::Sqlite).await;
    let mut new = scene.new_budget(1000);
    spoil(&mut new);
    let refused = budgets::create(&scene.world.fleet, scene.world.caller, new).await.unwrap_err();
    assert_eq!(refused.code(), Code::Invalid);
}
