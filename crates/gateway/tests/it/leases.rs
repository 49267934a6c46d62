use std::time::Duration;

use mission_control_core::models::{ConnectionState, Lease};
use mission_control_store::{StoreError, leases};
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;

use crate::installation::{Installation, PATIENCE, Running, quick, simulator};

async fn holder(installation: &Installation) -> Option<Lease> {
    let lease: Result<Option<Lease>, StoreError> =
        installation.fleet.db().read(|conn| leases::find(conn, "gateway-link")).await;
    lease.unwrap()
}

async fn first_holder(installation: &Installation) -> Lease {
    wait_until("somebody to hold the lease", PATIENCE, async || holder(installation).await).await
}

async fn other_holder(installation: &Installation, than: &Lease) -> Lease {
    wait_until("another process to hold the lease", PATIENCE, async || {
        holder(installation).await.filter(|lease| lease.holder != than.holder)
    })
    .await
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn one_link_is_active_and_another_takes_over_when_it_dies(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let installation = Installation::new(backend).await;
    let first = Running::start(&installation.fleet, quick());
    let lease = first_holder(&installation).await;
    let standby = installation.second_process().await;
    let second = Running::start(&standby, quick());

    let gateway = simulator().await;
    let id = installation.register("Home", &gateway.url(), gateway.token()).await;
    installation.row_when(id, ConnectionState::Up).await;
    let connects = gateway.log().iter().filter(|request| request.method == "connect").count();
    assert_eq!(connects, 1, "the other link stands by");

    drop(first);
    let taken = other_holder(&installation, &lease).await;
    assert!(taken.acquired_at >= lease.expires_at, "not before the lease of the first ran out");
    let connected_again =
        gateway.wait_for(|log| log.iter().filter(|request| request.method == "connect").count() >= 2).await;
    connected_again.expect("the second link connects");
    second.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_stopped_gives_its_place_away_at_once(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let installation = Installation::new(backend).await;
    let long = mission_control_gateway::Options { lease: Duration::from_secs(60), ..quick() };
    let first = Running::start(&installation.fleet, long);
    let lease = first_holder(&installation).await;
    let standby = installation.second_process().await;
    let _second = Running::start(&standby, quick());

    first.stop().await;
    let taken = other_holder(&installation, &lease).await;
    assert!(taken.acquired_at < lease.expires_at);
}
