use mission_control_core::id::UserId;
use mission_control_core::models::{AgentState, Board};
use mission_control_core::problem::Code;
use mission_control_core::time::Timestamp;
use mission_control_fleet::agents;
use mission_control_fleet::memory::{self, Author, NewMemory};
use mission_control_shapes::AgentRead;
use mission_control_simulator::{FaultScript, GatewayProfile, Simulator};
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;

use super::support::{PATIENCE, World, done, simulator};

async fn say(world: &World, board: &Board, text: &str) {
    let new = NewMemory { content: text.to_owned(), tags: Some(vec!["chat".to_owned()]), source: None };
    let author = Author::Person(UserId::random(), "Sam".to_owned());
    memory::post(&world.fleet, board.clone(), author, new).await.unwrap();
}

fn heard(simulator: &Simulator, session: &str, text: &str) -> usize {
    let log = simulator.log();
    let said = log.iter().filter(|r| r.method == "chat.send" && r.text("sessionKey") == Some(session));
    said.filter(|r| r.text("message").is_some_and(|message| message.contains(text))).count()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_paused_board_is_silent_until_it_is_resumed_and_then_nothing_is_lost(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    let agent = agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    let session = agent.openclaw_session_id.clone().unwrap();
    let every = || {
        let key = format!("mc-{}", agent.id);
        simulator.agents().into_iter().find(|view| view.id == key).unwrap().heartbeat["every"].clone()
    };

    say(&world, &board, " /PAUSE ").await;
    let paused = world.agent(agent.id).await;
    let read = AgentRead::of(&paused, Timestamp::now());
    assert_eq!((read.state, read.heartbeat_every), (AgentState::Paused, None));
    wait_until("it is told", PATIENCE, async || (heard(&simulator, &session, "/pause") == 1).then_some(()))
        .await;
    wait_until("heartbeats are off", PATIENCE, async || (every() == "0m").then_some(())).await;
    let refused = agents::wake(&world.fleet, world.caller, agent.id).await.unwrap_err();
    assert_eq!(refused.code(), Code::Conflict);
    let newcomer = done(world.create_agent(board.id, "Bob").await.unwrap());
    assert!(newcomer.paused_at.is_some() && newcomer.last_wake_sent_at.is_none(), "not woken");

    say(&world, &board, "@ada are you there?").await;
    wait_until("it waits", PATIENCE, async || {
        let waiting = world.waiting("agent.message").await;
        waiting.iter().any(|job| job.progress_message.is_some()).then_some(())
    })
    .await;
    assert_eq!(heard(&simulator, &session, "are you there?"), 0);

    say(&world, &board, "/resume").await;
    assert_eq!(world.agent(agent.id).await.paused_at, None);
    assert_eq!(world.agent(newcomer.id).await.paused_at, None);
    wait_until("it hears everything", PATIENCE, async || {
        let all = ["/resume", "are you there?"].map(|text| heard(&simulator, &session, text));
        (all == [1, 1]).then_some(())
    })
    .await;
    wait_until("heartbeats are back", PATIENCE, async || (every() == "10m").then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_was_paused_alone_stays_so_when_its_board_goes_on_and_is_woken_when_resumed() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "Ada").await.unwrap());
    agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    let paused = agents::pause(&world.fleet, world.caller, agent.id).await.unwrap();
    assert_eq!(
        agents::pause(&world.fleet, world.caller, agent.id).await.unwrap().paused_at,
        paused.paused_at
    );
    say(&world, &board, "/pause").await;
    say(&world, &board, "/resume").await;
    assert_eq!(world.agent(agent.id).await.paused_at, paused.paused_at);

    let resumed = done(agents::resume(&world.fleet, world.caller, agent.id).await.unwrap());
    assert_eq!(AgentRead::of(&resumed, Timestamp::now()).state, AgentState::Waking);
    assert_eq!(resumed.wake_attempts, 1);
    done(agents::resume(&world.fleet, world.caller, agent.id).await.unwrap());
}
