use std::time::Duration;

use mission_control_core::models::{AgentState, AgentStatus};
use mission_control_core::time::Timestamp;
use mission_control_fleet::agents;
use mission_control_shapes::AgentRead;
use mission_control_simulator::{Fault, FaultScript, GatewayProfile, Trigger};
use mission_control_store::StoreError;
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;

use super::support::{PATIENCE, World, count, done, simulator};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn provisioning_converges_across_a_restart_in_the_middle(
    #[values("agents.create", "agents.update", "config.patch", "agents.files.set", "chat.send")] method: &str,
    #[values(GatewayProfile::old(), GatewayProfile::transitional(), GatewayProfile::modern())]
    profile: GatewayProfile,
) {
    let faults = FaultScript::one(Trigger::nth(method, 1), Fault::RestartMidCall);
    let simulator = simulator(profile, faults).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let main = world.main_of(gateway.id).await;
    assert_eq!(main.status, AgentStatus::Online);
    let key = format!("mc-gateway-{}", gateway.id);
    let mains = simulator.agents().iter().filter(|agent| agent.id == key).count();
    assert_eq!(mains, 1);
    simulator.wait_for_turns(|turns| turns.iter().any(|turn| turn.agent_id == key)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_drops_in_the_middle_of_a_call_is_ridden_out() {
    let faults = FaultScript::one(Trigger::nth("agents.files.set", 2), Fault::DropConnection)
        .and(Trigger::nth("agents.create", 1), Fault::Close1012);
    let simulator = simulator(GatewayProfile::modern(), faults).await;
    let world = World::new(Backend::Sqlite).await;
    world.gateway(&simulator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_agent_that_the_gateway_does_not_know_yet_is_waited_for() {
    let profile =
        GatewayProfile { agent_visible_after: Duration::from_millis(700), ..GatewayProfile::modern() };
    let simulator = simulator(profile, FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    world.gateway(&simulator).await;
    assert!(count(&simulator, "agents.update") > 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_that_dies_after_a_configuration_write_is_started_again() {
    let message = "prepared model runtime plugin generation was superseded for x".to_owned();
    let faults = FaultScript::one(Trigger::nth("chat.send", 1), Fault::FailTurn { message });
    let simulator = simulator(GatewayProfile::modern(), faults).await;
    let world = World::new(Backend::Sqlite).await;
    world.gateway(&simulator).await;
    let keys: Vec<String> = simulator
        .log()
        .iter()
        .filter(|request| request.method == "chat.send")
        .map(|request| request.text("idempotencyKey").unwrap().to_owned())
        .collect();
    assert_eq!(keys.len(), 2);
    assert_ne!(keys[0], keys[1]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn many_agents_at_once_need_few_configuration_writes(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let profile = GatewayProfile { config_writes: 100, ..GatewayProfile::old() };
    let simulator = simulator(profile, FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let writes_before = count(&simulator, "config.patch");
    let names = ["a", "b", "c", "d", "e", "f"];
    let created = futures_util::future::join_all(names.map(|name| world.create_agent(board.id, name))).await;
    for agent in created {
        assert_eq!(done(agent.unwrap()).status, AgentStatus::Online);
    }
    let writes = count(&simulator, "config.patch") - writes_before;
    assert!(writes < names.len(), "{writes} writes for {} agents", names.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_limit_is_waited_for_without_failing() {
    let fault = Fault::RateLimit { retry_after_ms: 1500 };
    let faults = FaultScript::one(Trigger::nth("config.patch", 1), fault);
    let simulator = simulator(GatewayProfile::old(), faults).await;
    let world = World::new(Backend::Sqlite).await;
    world.gateway(&simulator).await;
    assert!(count(&simulator, "config.patch") > 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_its_gateway_takes_long_to_take_in_says_that_it_is_tried_again() {
    let world = World::new(Backend::Sqlite).await;
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let unknown = || Fault::Error {
        code: "INVALID_REQUEST".to_owned(),
        message: "agent \"mc-x\" not found".to_owned(),
    };
    simulator.set_faults(FaultScript::one(Trigger::always("agents.update"), unknown()));
    let creation = {
        let (fleet, caller) = (world.fleet.clone(), world.caller);
        let new = agents::NewAgent { board_id: Some(board.id), name: "Ada".to_owned(), ..Default::default() };
        tokio::spawn(async move { agents::create(&fleet, caller, new, agents::CreatedBy::User).await })
    };
    let told = wait_until("it says why it takes long", PATIENCE, async || {
        let found: Result<_, StoreError> = world
            .fleet
            .db()
            .read(move |conn| mission_control_store::agents::of_gateway(conn, gateway.id))
            .await;
        found.unwrap().into_iter().find(|agent| agent.name == "Ada" && agent.last_provision_error.is_some())
    })
    .await;
    let read = AgentRead::of(&told, Timestamp::now());
    assert_eq!(read.state, AgentState::Provisioning);
    let (cause, remedy) = (read.cause.unwrap(), read.remedy.unwrap());
    assert!(cause.starts_with("Trying again: ") && cause.contains("still taking in"), "{cause}");
    assert!(remedy.contains("tried again by itself") && !remedy.contains("rotate_tokens"), "{remedy}");
    simulator.set_faults(FaultScript::default());
    let done =
        world.wait_for_agent("it is there", told.id, |agent| agent.status == AgentStatus::Online).await;
    assert_eq!(done.last_provision_error, None);
    creation.abort();
}

/// No database takes a NUL character, and whoever answers at an address may say one.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_a_gateway_says_with_a_nul_in_it_is_told_and_written_down(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let world = World::new(backend).await;
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let fault = Fault::Error { code: "INTERNAL".to_owned(), message: "no\0room".to_owned() };
    simulator.set_faults(FaultScript::one(Trigger::always("agents.create"), fault));
    let error = world.create_agent(board.id, "Ada").await.unwrap_err();
    assert!(error.detail().contains("no\u{fffd}room"), "{}", error.detail());
    let job = world.waiting("agent.provision").await.pop().expect("it goes on by itself");
    assert!(job.last_error.is_some_and(|cause| cause.contains("no\u{fffd}room")));
}
