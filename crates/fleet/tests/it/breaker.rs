//! The progress breaker: agents whose runs change nothing are paused, and nobody else.

use std::time::Duration;

use mission_control_core::id::{AgentId, GatewayId, OrganizationId};
use mission_control_core::models::{
    ActivityEvent, Agent, ApprovalStatus, Board, BoardBreaker, BreakerMode, Gateway, Run, RunState,
    RunVerdict, Task,
};
use mission_control_core::rules::whom::Whom;
use mission_control_core::time::Timestamp;
use mission_control_store::{
    StoreError, activity, agents as agent_rows, boards as board_rows, breaker, gateways as gateway_rows,
    runs as run_rows, tasks,
};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;

use super::support::World;

struct Scene {
    world: World,
    organization: OrganizationId,
    gateway: GatewayId,
    board: Board,
}

impl Scene {
    /// A board with work that nobody has.
    async fn new(backend: Backend, mode: BreakerMode) -> Self {
        let world = World::new(backend).await;
        let organization = world.caller.organization;
        let gateway = Gateway::new(organization, "Home", "ws://127.0.0.1:9", "~");
        let mut board = Board::new(organization, "Ship", "ship");
        board.gateway_id = Some(gateway.id);
        let (gateway_id, row) = (gateway.id, board.clone());
        world
            .write(move |tx| {
                gateway_rows::insert(tx, &gateway)?;
                board_rows::insert(tx, &row)?;
                tasks::insert(tx, &Task::new(row.id, "To do"))?;
                breaker::save(tx, &BoardBreaker { mode, ..BoardBreaker::usual(row.id, row.created_at) })
            })
            .await;
        Self { world, organization, gateway: gateway_id, board }
    }

    async fn agent(&self, name: &str) -> AgentId {
        let long_ago = Timestamp::now().minus(Duration::from_secs(30 * 86_400));
        let agent =
            Agent { board_id: Some(self.board.id), created_at: long_ago, ..Agent::new(self.gateway, name) };
        let id = agent.id;
        self.world.write(move |tx| agent_rows::insert(tx, &agent)).await;
        id
    }

    /// Heartbeats of an agent, ten minutes apart, the last of them just over; of every `nth` a comment comes, if any.
    async fn heartbeats(&self, agent: AgentId, count: u32, nth: Option<u32>) {
        let (organization, gateway, board) = (self.organization, self.gateway, self.board.id);
        let last = Timestamp::now().minus(Duration::from_secs(120));
        self.world
            .write(move |tx| {
                for number in 1..=count {
                    let began = last.minus(Duration::from_secs(600) * (count - number));
                    let ended = began.plus(Duration::from_secs(60));
                    let run = Run {
                        board_id: Some(board),
                        gateway_run_id: Some(format!("{agent}:{number}:{}", began.micros())),
                        state: RunState::Done,
                        started_at: Some(began),
                        ended_at: Some(ended),
                        input_tokens: 5_000,
                        ..Run::new(organization, gateway, agent, "session", began)
                    };
                    run_rows::insert(tx, &run)?;
                    if nth.is_some_and(|nth| number % nth == 0) {
                        let mut comment =
                            ActivityEvent::new("task.comment", "Further on.").agent(agent).board(board);
                        comment.created_at = ended;
                        activity::record(tx, &comment)?;
                    }
                }
                Ok(())
            })
            .await;
    }

    async fn judge(&self) {
        self.world.run_job("runs.judge").await;
    }

    async fn is_paused(&self, agent: AgentId) -> bool {
        self.world.agent(agent).await.paused_at.is_some()
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_loop_of_empty_heartbeats_is_paused_after_ten_and_goes_on_when_a_person_says_so(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::new(backend, BreakerMode::On).await;
    let ada = scene.agent("Ada").await;
    scene.heartbeats(ada, 9, None).await;
    scene.judge().await;
    assert!(!scene.is_paused(ada).await, "nine are too few");
    scene.heartbeats(ada, 1, None).await;
    scene.judge().await;
    assert!(scene.is_paused(ada).await);
    let asked = scene.world.inbox(scene.board.id).await.remove(0);
    assert_eq!((asked.action_type.as_str(), asked.status), ("breaker", ApprovalStatus::Pending));
    let payload = asked.payload.clone().unwrap();
    assert_eq!(payload["run_ids"].as_array().map(Vec::len), Some(10));
    assert!(payload["reason"].as_str().unwrap().contains("50000 tokens"), "{payload}");

    scene.world.decide(&asked, ApprovalStatus::Approved).await;
    assert!(!scene.is_paused(ada).await);
    scene.judge().await;
    assert!(!scene.is_paused(ada).await, "it begins anew");
    let runs: Result<Vec<Run>, StoreError> =
        scene.world.fleet.db().read(move |conn| breaker::unjudged(conn, Timestamp::now(), 100)).await;
    assert_eq!(runs.unwrap(), []);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_agents_that_make_progress_none_is_paused(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::new(backend, BreakerMode::On).await;
    let mut agents = Vec::new();
    for number in 1..=20 {
        let agent = scene.agent(&format!("Agent {number}")).await;
        scene.heartbeats(agent, 40, Some(1 + number % 9)).await;
        agents.push(agent);
    }
    scene.judge().await;
    for agent in agents {
        assert!(!scene.is_paused(agent).await);
    }
    assert_eq!(scene.world.inbox(scene.board.id).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_shadow_it_tells_of_whom_it_would_pause_and_off_it_does_nothing() {
    for (mode, told) in [(BreakerMode::Shadow, 1), (BreakerMode::Auto, 1), (BreakerMode::Off, 0)] {
        let scene = Scene::new(Backend::Sqlite, mode).await;
        let ada = scene.agent("Ada").await;
        scene.heartbeats(ada, 12, None).await;
        scene.judge().await;
        assert!(!scene.is_paused(ada).await);
        let progress: Result<_, StoreError> =
            scene.world.fleet.db().read(move |conn| breaker::progress(conn, ada)).await;
        assert_eq!(i32::from(progress.unwrap().is_some()), told, "{mode}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_rejection_leaves_it_paused_and_what_it_read_anew_is_more_than_nothing() {
    let scene = Scene::new(Backend::Sqlite, BreakerMode::On).await;
    let ada = scene.agent("Ada").await;
    scene.heartbeats(ada, 10, None).await;
    scene.judge().await;
    scene.world.decide(&scene.world.inbox(scene.board.id).await.remove(0), ApprovalStatus::Rejected).await;
    assert!(scene.is_paused(ada).await);
    let open: Result<Vec<Run>, StoreError> =
        scene.world.fleet.db().read(move |conn| run_rows::open(conn, Whom::Agent(ada), 10)).await;
    assert_eq!(open.unwrap(), []);
    let judged: Result<_, StoreError> = scene
        .world
        .fleet
        .db()
        .read(move |conn| breaker::judged(conn, ada, Timestamp::from_micros(0), 100))
        .await;
    let judged = judged.unwrap();
    assert!(judged.len() == 10 && judged.iter().all(|run| run.verdict == RunVerdict::Empty));
}
