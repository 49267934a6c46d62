//! Stopping what agents do, and speaking to them in the middle of it.

use std::time::Duration;

use mission_control_core::id::AgentId;
use mission_control_core::models::{Board, JobState, MessageState, Run, RunState};
use mission_control_core::problem::Code;
use mission_control_core::rules::whom::Whom;
use mission_control_fleet::runs::{self, Recorder, Seen};
use mission_control_fleet::stop::{self, StopOrder};
use mission_control_fleet::{Reply, agents};
use mission_control_gateway_rpc::{SendMessage, TurnNews};
use mission_control_shapes::StopRead;
use mission_control_simulator::{AgentBehaviour, GatewayProfile, Simulator, SimulatorConfig};
use mission_control_store::{StoreError, boards as board_rows, runs as run_rows};
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;

use super::support::{PATIENCE, World, done, operator};

/// A board with two agents on a simulated gateway, whose turns take a minute, and their turns as they are heard.
struct Scene {
    world: World,
    simulator: Simulator,
    board: Board,
    ada: AgentId,
    bob: AgentId,
    hears: tokio::task::JoinHandle<()>,
}

impl Drop for Scene {
    fn drop(&mut self) {
        self.hears.abort();
    }
}

impl Scene {
    async fn new(profile: GatewayProfile, backend: Backend) -> Self {
        let config = SimulatorConfig {
            profile,
            agent_behaviour: AgentBehaviour::Silent,
            turn_delay: Duration::from_secs(60),
            ..SimulatorConfig::default()
        };
        let simulator = Simulator::start(config).await.unwrap();
        let world = World::new(backend).await;
        let gateway = world.gateway(&simulator).await;
        let board = world.board(gateway.id, "Ship").await;
        let ada = done(world.create_agent(board.id, "Ada").await.unwrap()).id;
        let bob = done(world.create_agent(board.id, "Bob").await.unwrap()).id;
        let client = operator(&simulator).await;
        let mut recorder = Recorder::new(world.fleet.clone(), gateway.id);
        let hears = tokio::spawn(async move {
            let mut events = client.events();
            while let Some(event) = events.next_event().await {
                recorder.learn(TurnNews::of_event(&event), Seen::Live).await.unwrap();
            }
        });
        Self { world, simulator, board, ada, bob, hears }
    }

    /// A turn that goes on.
    async fn busy(&self, agent: AgentId) -> Run {
        let client = operator(&self.simulator).await;
        let message = SendMessage::new(format!("agent:mc-{agent}:main"), "Think hard.");
        let name = message.run(client.ask(&message).await.unwrap());
        wait_until("the run", PATIENCE, async || {
            self.open(agent).await.into_iter().find(|run| run.gateway_run_id.as_ref() == Some(&name))
        })
        .await
    }

    async fn open(&self, agent: AgentId) -> Vec<Run> {
        let found: Result<Vec<Run>, StoreError> =
            self.world.fleet.db().read(move |conn| run_rows::open(conn, Whom::Agent(agent), 100)).await;
        found.unwrap()
    }

    async fn run(&self, run: &Run) -> Run {
        runs::find(&self.world.fleet, run.id).await.unwrap().unwrap()
    }

    async fn stop(&self, whom: Whom, pause: bool) -> StopRead {
        let order = StopOrder { whom, pause, reason: Some("It went astray.".to_owned()) };
        let reply = stop::stop(&self.world.fleet, self.world.caller, order).await.unwrap();
        assert!(matches!(reply, Reply::Accepted { .. }), "nobody waits for gateways");
        reply.into_value()
    }

    async fn ends(&self, run: &Run, state: RunState) {
        wait_until("the end of the run", PATIENCE, async || {
            (self.run(run).await.state == state).then_some(())
        })
        .await;
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn one_agent_is_stopped_and_the_others_go_on(
    #[values(GatewayProfile::old(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let scene = Scene::new(profile, Backend::Sqlite).await;
    let (ada, bob) = (scene.busy(scene.ada).await, scene.busy(scene.bob).await);
    let stopped = scene.stop(Whom::Agent(scene.ada), false).await;
    assert!(stopped.runs.iter().any(|run| run.id == ada.id), "{stopped:?}");
    assert_eq!((stopped.agents, stopped.paused, stopped.job_ids.len()), (1, false, 1));
    scene.ends(&ada, RunState::Aborted).await;
    assert_eq!(scene.run(&bob).await.state, RunState::Running);
    assert_eq!(scene.world.agent(scene.ada).await.paused_at, None);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_board_and_a_fleet_are_stopped_with_what_nobody_has_heard_of_and_paused(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(true, false)] whole_fleet: bool,
) {
    let scene = Scene::new(GatewayProfile::modern(), backend).await;
    let known = scene.busy(scene.ada).await;
    scene.hears.abort();
    let client = operator(&scene.simulator).await;
    let message = SendMessage::new(format!("agent:mc-{}:main", scene.bob), "In secret.");
    let unheard = message.run(client.ask(&message).await.unwrap());
    let mut events = client.events();
    let whom = match whole_fleet {
        true => Whom::Organization(scene.world.caller.organization),
        false => Whom::Board(scene.board.id),
    };
    let stopped = scene.stop(whom, true).await;
    assert_eq!((stopped.agents, stopped.job_ids.len()), (if whole_fleet { 3 } else { 2 }, 1));
    scene.ends(&known, RunState::Aborted).await;
    let told = async {
        while let Some(event) = events.next_event().await {
            let is_it = event.payload["runId"] == unheard && event.payload["state"] == "aborted";
            if event.name == "chat" && is_it {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, told).await.expect("what nobody heard of is stopped too");
    for agent in [scene.ada, scene.bob] {
        assert!(scene.world.agent(agent).await.paused_at.is_some());
    }
    let id = scene.board.id;
    let board: Result<Option<Board>, StoreError> =
        scene.world.fleet.db().read(move |conn| board_rows::find(conn, id)).await;
    assert!(board.unwrap().unwrap().paused_at.is_some(), "who joins the board is paused as well");
    let main = scene.world.main_of(scene.board.gateway_id.unwrap()).await;
    assert_eq!(main.paused_at.is_some(), whole_fleet);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_a_gateway_gets_late_stops_what_began_before_it_and_nothing_newer() {
    let mut scene = Scene::new(GatewayProfile::modern(), Backend::Sqlite).await;
    scene.world.stop_worker();
    let old = scene.busy(scene.ada).await;
    let stopped = scene.stop(Whom::Agent(scene.ada), false).await;
    let new = scene.busy(scene.ada).await;
    scene.world.start_worker().await;
    scene.ends(&old, RunState::Aborted).await;
    let job = wait_until("the job", PATIENCE, async || {
        let job = scene.world.job(stopped.job_ids[0]).await;
        job.result.is_some().then_some(job)
    })
    .await;
    assert_eq!(job.result.unwrap()["stopped"], 1);
    assert_eq!(scene.run(&new).await.state, RunState::Running);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_its_gateway_is_away_an_order_waits_for_it() {
    let away = GatewayProfile { restart_delay: Duration::from_secs(3), ..GatewayProfile::modern() };
    let scene = Scene::new(away, Backend::Sqlite).await;
    let run = scene.busy(scene.ada).await;
    scene.simulator.restart();
    let stopped = scene.stop(Whom::Agent(scene.ada), true).await;
    assert!(scene.world.agent(scene.ada).await.paused_at.is_some(), "paused at once");
    let job = wait_until("it is done", PATIENCE, async || {
        let job = scene.world.job(stopped.job_ids[0]).await;
        job.result.is_some().then_some(job)
    })
    .await;
    assert_eq!(job.state, JobState::Succeeded);
    assert!(scene.run(&run).await.state.is_over());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_in_the_middle_of_a_run_reaches_its_session_and_nothing_does_after_its_end(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::new(GatewayProfile::modern(), backend).await;
    let run = scene.busy(scene.ada).await;
    let by = scene.world.caller.user.unwrap();
    let said = runs::steer(&scene.world.fleet, run.id, "Mind the gap.".to_owned(), by).await.unwrap();
    let said = done(said);
    assert_eq!((said.state, said.agent_id), (MessageState::Sent, scene.ada));
    let log = scene.simulator.log();
    let sent = log.iter().filter(|request| request.method == "chat.send");
    let heard = sent.filter(|request| request.text("message") == Some("Mind the gap."));
    assert_eq!(heard.filter(|request| request.text("sessionKey") == Some(&run.session_key)).count(), 1);
    assert!(scene.world.waiting("agent.receipt").await.is_empty(), "nobody waits for a turn of its own");

    scene.stop(Whom::Agent(scene.ada), false).await;
    scene.ends(&run, RunState::Aborted).await;
    let refused = runs::steer(&scene.world.fleet, run.id, "Too late.".to_owned(), by).await.unwrap_err();
    assert_eq!(refused.code(), Code::Conflict);
    let blank = runs::steer(&scene.world.fleet, run.id, "  ".to_owned(), by).await.unwrap_err();
    assert_eq!(blank.code(), Code::Invalid);
    agents::pause(&scene.world.fleet, scene.world.caller, scene.ada).await.unwrap();
}
