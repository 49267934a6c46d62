use mission_control_core::models::ConnectionState;
use mission_control_gateway_rpc::{ApproveDevice, Client, ConnectOptions, DeviceIdentity, ListDevices};
use mission_control_simulator::{Pairing, Simulator, SimulatorConfig};
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;
use std::sync::Arc;

use crate::installation::{Installation, PATIENCE, start};
use crate::tool::{Home, run, token_file};

async fn remote_gateway() -> Simulator {
    start(SimulatorConfig { pairing: Pairing::Required, ..SimulatorConfig::default() }).await
}

/// An operator whose device was approved before, as at the gateway's own machine.
async fn operator(gateway: &Simulator) -> Client {
    let identity = Arc::new(DeviceIdentity::generate().unwrap());
    let options = || {
        let options = ConnectOptions::new(&gateway.url()).unwrap().identity(Arc::clone(&identity));
        options.token(gateway.token().unwrap())
    };
    Client::connect(options()).await.expect_err("a new device has to wait");
    assert!(gateway.approve_device(&gateway.pending_devices().pop().unwrap()));
    Client::connect(options()).await.unwrap()
}

/// Approves what waits, as soon as something does; returns the request's id.
async fn approve_next(operator: &Client) -> String {
    let request = wait_until("a pairing request", PATIENCE, async || {
        operator.ask(&ListDevices {}).await.unwrap().pending.pop()
    })
    .await;
    operator.ask(&ApproveDevice { request_id: &request.request_id }).await.unwrap();
    request.request_id
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_request_and_its_command_are_shown_and_the_token_of_the_approval_is_stored(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let installation = Installation::new(backend).await;
    let gateway = remote_gateway().await;
    let operator = operator(&gateway).await;
    let id = installation.register("Far", &gateway.url(), gateway.token()).await;

    let pairing = run(Home::Of(&installation), &["pair", "--gateway", "Far"], &[]);
    let (paired, request) = tokio::join!(pairing, approve_next(&operator));
    assert_eq!(paired.code, Some(0), "{}", paired.told);
    let command = format!("openclaw devices approve {request}");
    assert!(paired.shown.contains(&command), "{}", paired.shown);
    assert_eq!(paired.shown.matches(&command).count(), 1, "a request is shown once");
    let row = installation.row(id).await;
    assert_eq!(row.connection_state, ConnectionState::Up);
    assert!(row.device_token.as_deref().is_some_and(|token| token.starts_with("mcs1:")));

    installation.set_token(id, "rotated meanwhile").await;
    let called = run(Home::Of(&installation), &["call", "health", "--gateway", "Far"], &[]).await;
    assert_eq!(called.code, Some(0), "the stored token of the device opens the door: {}", called.told);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_paired_with_the_device_in_the_data_directory() {
    let gateway = remote_gateway().await;
    let operator = operator(&gateway).await;
    let data_dir = tempfile::tempdir().unwrap();
    let (_kept, file) = token_file(gateway.token().unwrap());
    let url = gateway.url();
    let arguments = ["pair", "--url", &url, "--token-file", &file];
    let pairing = run(Home::Directory(&data_dir), &arguments, &[]);
    let (paired, _request) = tokio::join!(pairing, approve_next(&operator));
    assert_eq!(paired.code, Some(0), "{}", paired.told);
    assert!(paired.shown.contains("identity/device.json"), "{}", paired.shown);

    let again = run(Home::Directory(&data_dir), &arguments, &[]).await;
    assert_eq!(again.code, Some(0), "{}", again.told);
    assert!(!again.shown.contains("openclaw devices approve"), "it is approved already: {}", again.shown);
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_ends_when_nobody_approves() {
    let gateway = remote_gateway().await;
    let url = gateway.url();
    let arguments = ["pair", "--url", &url, "--timeout", "1"];
    let variables = [("OPENCLAW_GATEWAY_TOKEN", gateway.token().unwrap())];
    let outcome = run(Home::Empty, &arguments, &variables).await;
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.told.contains("not approved within 1 s"), "{}", outcome.told);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_is_no_reason_to_wait() {
    let gateway = remote_gateway().await;
    let outcome =
        run(Home::Empty, &["pair", "--url", &gateway.url()], &[("OPENCLAW_GATEWAY_TOKEN", "wrong")]).await;
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.told.contains("token mismatch") && outcome.told.contains("Next: "), "{}", outcome.told);
}
