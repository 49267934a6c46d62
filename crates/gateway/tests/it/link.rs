use std::time::Duration;

use mission_control_core::models::{AgentStatus, ConnectionState};
use mission_control_gateway_rpc::{LinkState, SendMessage};
use mission_control_simulator::{AgentBehaviour, GatewayProfile, Pairing, SimulatorConfig};
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;

use crate::installation::{Installation, PATIENCE, Running, quick, simulator, start};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_goes_and_comes_back_is_up_down_and_up_again(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let installation = Installation::new(backend).await;
    let gateway = simulator().await;
    let (url, token) = (gateway.url(), gateway.token().unwrap().to_owned());
    let id = installation.register("Home", &url, Some(&token)).await;
    let link = Running::start(&installation.fleet, quick());

    let up = installation.row_when(id, ConnectionState::Up).await;
    assert_eq!((up.version.as_deref(), up.protocol, up.connection_error), (Some("2026.9.6"), Some(4), None));
    assert!(up.last_connected_at.is_some());

    gateway.shutdown().await;
    let down = installation.row_when(id, ConnectionState::Down).await;
    assert!(down.connection_error.unwrap().contains(" — "), "the error comes with a remedy");
    assert_eq!(down.version.as_deref(), Some("2026.9.6"), "what is known of it stays");

    let bind = url.strip_prefix("ws://").unwrap().parse().unwrap();
    let _gateway = start(SimulatorConfig { bind, ..SimulatorConfig::default() }).await;
    let again = installation.row_when(id, ConnectionState::Up).await;
    assert_eq!(again.connection_error, None);
    assert!(again.last_connected_at > up.last_connected_at);
    assert_eq!(installation.told().await, ["up", "down", "up"]);
    link.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_says_what_to_do_and_a_corrected_token_is_used_at_once(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let installation = Installation::new(backend).await;
    let gateway = simulator().await;
    let id = installation.register("Home", &gateway.url(), Some("not the token")).await;
    let _link = Running::start(&installation.fleet, quick());

    let refused = installation.row_when(id, ConnectionState::Refused).await;
    let error = refused.connection_error.unwrap();
    assert!(error.contains("token mismatch") && error.contains("gateway.auth.token"), "{error}");

    installation.set_token(id, gateway.token().unwrap()).await;
    installation.row_when(id, ConnectionState::Up).await;
    assert_eq!(installation.told().await, ["refused", "up"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn registrations_are_followed_and_a_removed_gateway_is_left(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let installation = Installation::new(backend).await;
    let _link = Running::start(&installation.fleet, quick());
    let gateway = simulator().await;
    let id = installation.register("Home", &gateway.url(), gateway.token()).await;
    let row = installation.row_when(id, ConnectionState::Up).await;

    let target = installation.fleet.gateways().target(&row).unwrap();
    let client = installation.fleet.gateways().client(id, &target).unwrap();
    assert!(client.info().is_some(), "use-cases in this process share the link's connection");
    installation.delete(id).await;
    let mut states = client.watch();
    let stopped = states.wait_for(|state| matches!(state, LinkState::Stopped));
    let closed = tokio::time::timeout(PATIENCE, stopped).await.is_ok_and(|state| state.is_ok());
    assert!(closed, "the connection is closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unchanged_state_is_confirmed_without_a_word_to_streams() {
    let installation = Installation::new(Backend::Sqlite).await;
    let gateway = simulator().await;
    let id = installation.register("Home", &gateway.url(), gateway.token()).await;
    let _link = Running::start(&installation.fleet, quick());
    let first = installation.row_when(id, ConnectionState::Up).await;
    wait_until("a confirmation", PATIENCE, async || {
        let row = installation.row(id).await;
        (row.connection_checked_at > first.connection_checked_at).then_some(())
    })
    .await;
    assert_eq!(installation.row(id).await.updated_at, first.updated_at, "no person changed it");
    assert_eq!(installation.told().await, ["up"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_did_not_change_is_not_written_down_again() {
    let installation = Installation::new(Backend::Sqlite).await;
    let gateway = simulator().await;
    let id = installation.register("Home", &gateway.url(), gateway.token()).await;
    let patient = mission_control_gateway::Options { confirm_every: Duration::from_secs(3600), ..quick() };
    let _link = Running::start(&installation.fleet, patient);
    let first = installation.row_when(id, ConnectionState::Up).await;

    // A second gateway coming up shows that the link has looked again since.
    let second = simulator().await;
    let other = installation.register("Office", &second.url(), second.token()).await;
    installation.row_when(other, ConnectionState::Up).await;
    assert_eq!(installation.row(id).await.connection_checked_at, first.connection_checked_at);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_reports_no_version_is_known_by_its_configuration() {
    let installation = Installation::new(Backend::Sqlite).await;
    let profile = GatewayProfile { announced_version: "dev".to_owned(), ..GatewayProfile::old() };
    let gateway = start(SimulatorConfig { profile, ..SimulatorConfig::default() }).await;
    gateway.edit_config(&serde_json::json!({}));
    let id = installation.register("Old", &gateway.url(), gateway.token()).await;
    let _link = Running::start(&installation.fleet, quick());
    let up = installation.row_when(id, ConnectionState::Up).await;
    assert_eq!((up.version.as_deref(), up.protocol), (Some("2026.3.2"), Some(3)));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_pairing_that_is_approved_brings_the_gateway_up_and_its_token_is_kept_sealed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let installation = Installation::new(backend).await;
    let gateway = start(SimulatorConfig { pairing: Pairing::Required, ..SimulatorConfig::default() }).await;
    let id = installation.register("Far", &gateway.url(), gateway.token()).await;
    let _link = Running::start(&installation.fleet, quick());

    let refused = installation.row_when(id, ConnectionState::Refused).await;
    let request = gateway.pending_devices().pop().expect("the device waits for an approval");
    let error = refused.connection_error.clone().unwrap();
    assert!(error.contains(&format!("openclaw devices approve {request}")), "{error}");

    assert!(gateway.approve_device(&request));
    let target = installation.fleet.gateways().target(&refused).unwrap();
    installation.fleet.gateways().client(id, &target).unwrap().retry_now();
    let up = installation.row_when(id, ConnectionState::Up).await;
    assert!(up.device_token.is_some_and(|token| token.starts_with("mcs1:")));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_answers_in_its_session_is_online_though_it_never_checked_in(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let installation = Installation::new(backend).await;
    // The old one runs agents that it was not told of.
    let config = SimulatorConfig {
        profile: GatewayProfile::old(),
        agent_behaviour: AgentBehaviour::Silent,
        ..SimulatorConfig::default()
    };
    let gateway = start(config).await;
    let id = installation.register("Home", &gateway.url(), gateway.token()).await;
    let agent = installation.add_agent(id).await;
    let _link = Running::start(&installation.fleet, quick());
    let row = installation.row_when(id, ConnectionState::Up).await;

    let target = installation.fleet.gateways().target(&row).unwrap();
    let client = installation.fleet.gateways().client(id, &target).unwrap();
    let message = SendMessage::new(format!("agent:mc-{agent}:main"), "Hello");
    client.ask(&message).await.unwrap();
    let seen = wait_until("a sign of life", PATIENCE, async || {
        Some(installation.agent(agent).await).filter(|agent| agent.last_seen_at.is_some())
    })
    .await;
    assert_eq!(seen.status, AgentStatus::Online);
    let told = installation.events("agent.updated").await;
    assert_eq!(told.len(), 1, "streams hear that its status changed");
}
