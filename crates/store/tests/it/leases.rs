//! One holder at a time.

use std::time::Duration;

use mission_control_store::{Db, StoreError, leases};
use rstest::rstest;

use super::support::{Backend, fixture};

const MINUTE: Duration = Duration::from_secs(60);

async fn acquire(db: &Db, holder: &'static str, duration: Duration) -> bool {
    db.write::<_, StoreError, _>(move |tx| leases::acquire(tx, "gateway-link", holder, duration))
        .await
        .unwrap()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_processes_that_start_at_once_one_gets_the_lease(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let holders = ["a", "b", "c", "d", "e", "f"].map(|holder| {
        let db = fixture.db.clone();
        tokio::spawn(async move { acquire(&db, holder, MINUTE).await })
    });
    let mut winners = 0;
    for holder in holders {
        winners += u32::from(holder.await.unwrap());
    }
    assert_eq!(winners, 1);
}

#[rstest]
#[tokio::test]
async fn a_lease_is_renewed_by_its_holder_and_taken_over_when_it_ran_out(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let db = &fixture.db;
    assert!(acquire(db, "a", MINUTE).await);
    assert!(!acquire(db, "b", MINUTE).await);
    let before = db.read(|conn| leases::find(conn, "gateway-link")).await.unwrap().unwrap();
    assert!(acquire(db, "a", Duration::ZERO).await);
    let after = db.read(|conn| leases::find(conn, "gateway-link")).await.unwrap().unwrap();
    assert_eq!(after.acquired_at, before.acquired_at);

    assert!(acquire(db, "b", MINUTE).await);
    assert!(!acquire(db, "a", MINUTE).await);
    db.write::<_, StoreError, _>(|tx| leases::release(tx, "gateway-link", "a")).await.unwrap();
    assert!(!acquire(db, "a", MINUTE).await);
    db.write::<_, StoreError, _>(|tx| leases::release(tx, "gateway-link", "b")).await.unwrap();
    assert!(acquire(db, "a", MINUTE).await);
}

#[rstest]
#[tokio::test]
async fn leases_are_listed_by_prefix_literally(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    fixture
        .db
        .write::<_, StoreError, _>(|tx| {
            for name in ["worker_1", "workerx2", "worker_3", "link"] {
                leases::acquire(tx, name, "me", MINUTE)?;
            }
            Ok(())
        })
        .await
        .unwrap();
    let found = fixture.db.read(|conn| leases::with_prefix(conn, "worker_")).await.unwrap();
    assert_eq!(found.iter().map(|lease| lease.name.as_str()).collect::<Vec<_>>(), ["worker_1", "worker_3"]);
}
