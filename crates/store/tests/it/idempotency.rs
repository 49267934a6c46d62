//! Who serves a request that is sent more than once, and what the others learn.

use std::time::Duration;

use diesel::prelude::*;
use mission_control_core::schema::idempotency_keys;
use mission_control_core::time::Timestamp;
use mission_control_store::idempotency::{self, Attempt, KEPT, Known};
use mission_control_store::{Db, StoreError, Tx};
use rstest::rstest;

use super::support::{Backend, fixture};

const MINUTE: Duration = Duration::from_secs(60);

async fn begin(db: &Db, request: &'static str, lock: Duration) -> Known {
    write(db, move |tx| idempotency::begin(tx, "key", request, lock)).await
}

async fn write<T: Send + 'static>(
    db: &Db,
    change: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
) -> T {
    db.write(change).await.unwrap()
}

fn attempt(known: Known) -> Attempt {
    match known {
        Known::New(attempt) => attempt,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[tokio::test]
async fn one_attempt_serves_the_request_and_the_others_get_its_answer(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let db = &fixture.db;
    let first = attempt(begin(db, "a", MINUTE).await);
    assert_eq!(begin(db, "a", MINUTE).await, Known::Running);
    assert_eq!(begin(db, "b", MINUTE).await, Known::OtherRequest);
    write(db, move |tx| idempotency::complete(tx, &first, "sealed")).await;
    assert_eq!(begin(db, "a", MINUTE).await, Known::Answered("sealed".to_owned()));
    assert_eq!(begin(db, "b", MINUTE).await, Known::OtherRequest);
}

#[rstest]
#[tokio::test]
async fn a_released_key_serves_any_request(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let fixture = fixture(backend).await;
    let first = attempt(begin(&fixture.db, "a", MINUTE).await);
    write(&fixture.db, move |tx| idempotency::release(tx, &first)).await;
    attempt(begin(&fixture.db, "b", MINUTE).await);
}

#[rstest]
#[tokio::test]
async fn an_attempt_that_vanished_gives_way_and_cannot_come_back(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let db = &fixture.db;
    let vanished = attempt(begin(db, "a", Duration::ZERO).await);
    let second = attempt(begin(db, "a", MINUTE).await);
    let late = vanished.clone();
    write(db, move |tx| idempotency::complete(tx, &late, "late")).await;
    write(db, move |tx| idempotency::release(tx, &vanished)).await;
    assert_eq!(begin(db, "a", MINUTE).await, Known::Running);
    write(db, move |tx| idempotency::complete(tx, &second, "second")).await;
    assert_eq!(begin(db, "a", MINUTE).await, Known::Answered("second".to_owned()));
}

#[rstest]
#[tokio::test]
async fn a_key_is_forgotten_after_its_time(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let fixture = fixture(backend).await;
    let db = &fixture.db;
    let first = attempt(begin(db, "a", MINUTE).await);
    write(db, move |tx| idempotency::complete(tx, &first, "sealed")).await;
    assert_eq!(write(db, trim).await, 0);
    age(db).await;
    // Even before anybody tidies up.
    let second = attempt(begin(db, "b", MINUTE).await);
    write(db, move |tx| idempotency::complete(tx, &second, "sealed")).await;
    age(db).await;
    assert_eq!(write(db, trim).await, 1);
}

fn trim(tx: &mut Tx<'_>) -> Result<usize, StoreError> {
    idempotency::trim(tx, Timestamp::now().minus(KEPT), 10)
}

async fn age(db: &Db) {
    write(db, |tx| {
        let old = Timestamp::now().minus(KEPT + MINUTE);
        diesel::update(idempotency_keys::table)
            .set(idempotency_keys::created_at.eq(old))
            .execute(&mut **tx)?;
        Ok(())
    })
    .await;
}
