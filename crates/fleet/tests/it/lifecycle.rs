use mission_control_core::models::AgentStatus;
use mission_control_core::rules::version::Seen;
use mission_control_core::time::Timestamp;
use mission_control_fleet::agents;
use mission_control_shapes::AgentRead;
use mission_control_simulator::{FaultScript, GatewayProfile};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;

use super::support::{World, done, simulator};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_silent_agent_is_woken_three_times_then_offline_with_the_cause_and_a_late_check_in_revives_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let main = world.main_of(gateway.id).await;
    agents::heartbeat(&world.fleet, main.id, None).await.unwrap();
    assert_eq!(world.look_at(main.id).await["outcome"], "it checked in");

    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "Sleeper").await.unwrap());
    let session = format!("agent:mc-{}:main", agent.id);
    let wakes = || {
        let log = simulator.log();
        log.iter()
            .filter(|r| r.method == "chat.send" && r.text("sessionKey") == Some(session.as_str()))
            .count()
    };
    for wake in 2..=3 {
        assert_eq!(world.look_at(agent.id).await["outcome"], "woken again");
        world
            .wait_for_agent("it is woken again", agent.id, |agent| {
                agent.wake_attempts == wake && agent.status == AgentStatus::Online
            })
            .await;
        assert_eq!(wakes(), usize::try_from(wake).unwrap());
    }
    assert_eq!(world.look_at(agent.id).await["outcome"], "given up");
    let given_up = world.agent(agent.id).await;
    assert_eq!(AgentRead::of(&given_up, Timestamp::now()).status, "offline");
    assert!(given_up.last_provision_error.unwrap().contains("did not check in"));
    assert!(world.waiting("agent.check_in").await.is_empty());
    assert_eq!(wakes(), 3);

    let revived = agents::heartbeat(&world.fleet, agent.id, None).await.unwrap();
    assert_eq!(AgentRead::of(&revived, Timestamp::now()).status, "online");
    assert_eq!(revived.last_provision_error, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_at_an_older_generation_does_nothing() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let old = world.waiting("agent.check_in").await.pop().unwrap();
    let main = world.main_of(gateway.id).await;
    let patch = agents::AgentPatch::default();
    let forced = agents::update(&world.fleet, world.caller, main.id, Seen::WHATEVER, patch, true).await;
    done(forced.unwrap());
    let outcome = world.run(&old).await.unwrap();
    assert_eq!(outcome["outcome"], "the agent is gone, or a newer request replaced this one");
}
