use mission_control_core::problem::Code;
use mission_control_fleet::{FleetError, agents, boards, gateways, organizations, users};
use mission_control_simulator::{Fault, FaultScript, GatewayProfile, Trigger};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;

use super::support::{World, done, simulator};

fn refusing_deletes() -> FaultScript {
    let fault = Fault::Error { code: "ERR".to_owned(), message: "cannot delete".to_owned() };
    FaultScript::one(Trigger::nth("agents.delete", 1), fault)
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_on_the_gateway(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(GatewayProfile::old(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let profile = GatewayProfile { config_writes: 100, ..profile };
    let simulator = simulator(profile, FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let one = done(world.create_agent(board.id, "One").await.unwrap());
    done(world.create_agent(board.id, "Two").await.unwrap());

    done(agents::delete(&world.fleet, world.caller, one.id).await.unwrap());
    done(agents::delete(&world.fleet, world.caller, one.id).await.unwrap());
    assert!(!simulator.agents().iter().any(|view| view.id == format!("mc-{}", one.id)));
    let session = format!("agent:mc-gateway-{}:main", gateway.id);
    simulator
        .wait_for(|log| {
            log.iter().any(|r| {
                r.method == "chat.send"
                    && r.text("sessionKey") == Some(session.as_str())
                    && r.text("message").is_some_and(|text| text.contains("was deleted"))
            })
        })
        .await
        .unwrap();

    let conflict = gateways::delete(&world.fleet, world.caller, gateway.id).await.unwrap_err();
    assert!(matches!(conflict, FleetError::Conflict { .. }));
    done(boards::delete(&world.fleet, world.caller, board.id).await.unwrap());
    done(gateways::delete(&world.fleet, world.caller, gateway.id).await.unwrap());
    let left: Vec<String> = simulator.agents().into_iter().map(|view| view.id).collect();
    assert_eq!(left, ["main"]);
    let again = gateways::delete(&world.fleet, world.caller, gateway.id).await;
    assert!(matches!(again, Err(FleetError::NotFound { .. })));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_of_the_gateway_keeps_agent_and_board(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    let agent = done(world.create_agent(board.id, "One").await.unwrap());

    simulator.set_faults(refusing_deletes());
    let error = agents::delete(&world.fleet, world.caller, agent.id).await.unwrap_err();
    assert_eq!(error.code(), Code::GatewayFailed);
    let kept = world.agent(agent.id).await;
    assert_eq!((kept.status, kept.delete_requested_at), (agent.status, None));

    simulator.set_faults(refusing_deletes());
    let error = boards::delete(&world.fleet, world.caller, board.id).await.unwrap_err();
    assert_eq!(error.code(), Code::GatewayFailed);
    world.agent(agent.id).await;
    done(boards::delete(&world.fleet, world.caller, board.id).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_gone_can_be_removed() {
    let world = World::new(Backend::Sqlite).await;
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let gateway = world.gateway(&simulator).await;
    simulator.shutdown().await;
    done(gateways::delete(&world.fleet, world.caller, gateway.id).await.unwrap());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_agents_of_a_deleted_organization_leave_their_gateways(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let board = world.board(gateway.id, "Ship").await;
    done(world.create_agent(board.id, "One").await.unwrap());
    assert!(simulator.agents().len() > 1);

    done(organizations::delete(&world.fleet, world.caller).await.unwrap());
    let left: Vec<String> = simulator.agents().into_iter().map(|view| view.id).collect();
    assert_eq!(left, ["main"]);
    let again = organizations::delete(&world.fleet, world.caller).await;
    assert!(matches!(again, Err(FleetError::NotFound { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_deleted_with_its_own_organization_though_the_gateway_is_gone() {
    let world = World::new(Backend::Sqlite).await;
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let gateway = world.gateway(&simulator).await;
    world.board(gateway.id, "Ship").await;
    simulator.shutdown().await;

    let user = world.caller.user.unwrap();
    done(users::delete(&world.fleet, user).await.unwrap());
    let again = users::delete(&world.fleet, user).await;
    assert!(matches!(again, Err(FleetError::NotFound { .. })));
    let again = organizations::delete(&world.fleet, world.caller).await;
    assert!(matches!(again, Err(FleetError::NotFound { .. })));
}
