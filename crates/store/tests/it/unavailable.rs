//! A database that is not there.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use mission_control_core::models::Organization;
use mission_control_store::{Db, DbOptions, StoreError, leases, migrate, organizations};
use tokio::sync::mpsc::unbounded_channel;

use super::support::{Backend, fixture};

#[tokio::test]
async fn an_unreachable_server_is_told_in_one_line_without_the_password() {
    let options = DbOptions::parse("postgresql+psycopg://mc:hunter2@127.0.0.1:1/mc").unwrap();
    let started = Instant::now();
    let Err(error) = Db::open(options.clone(), unbounded_channel().0).await else { panic!("it opened") };
    let text = error.to_string();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    assert!(text.lines().count() == 1 && text.contains("127.0.0.1") && !text.contains("hunter2"), "{text}");
    assert!(matches!(migrate::up(&options).await, Err(StoreError::Unavailable(_))));
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn a_directory_that_cannot_be_made_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    std::fs::write(&file, "").unwrap();
    let options = DbOptions::parse(&format!("sqlite://{}/data/mc.db", file.display())).unwrap();
    let Err(error) = Db::open(options, unbounded_channel().0).await else { panic!("it opened") };
    assert!(error.to_string().contains("file/data"), "{error}");
}

#[tokio::test]
async fn connections_that_the_server_closed_are_replaced() {
    let fixture = fixture(Backend::Postgres).await;
    let killed = fixture
        .db
        .read::<_, StoreError, _>(|conn| {
            diesel::sql_query("SELECT pg_terminate_backend(pg_backend_pid())").execute(conn)?;
            Ok(())
        })
        .await;
    assert!(matches!(killed, Err(StoreError::Unavailable(_))), "a backend that ends itself: {killed:?}");
    for _ in 0..fixture.db.options().pool_size {
        fixture.db.ping().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_too_long_for_a_connection_is_told_so() {
    let fixture = fixture(Backend::Sqlite).await;
    let mut options = fixture.db.options().clone();
    options.pool_size = 1;
    options.acquire_timeout = Duration::from_millis(100);
    let db = Db::open(options, unbounded_channel().0).await.unwrap();
    let (release, wait) = std::sync::mpsc::channel::<()>();
    let (entered, holding) = tokio::sync::oneshot::channel();
    let holder = {
        let db = db.clone();
        tokio::spawn(async move {
            db.read::<_, StoreError, _>(move |_| {
                let _ = entered.send(());
                let _ = wait.recv();
                Ok(())
            })
            .await
        })
    };
    holding.await.unwrap();
    assert!(matches!(db.ping().await, Err(StoreError::Busy(_))));
    release.send(()).unwrap();
    holder.await.unwrap().unwrap();
    db.ping().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_as_such_until_there_is_room_again() {
    let fixture = fixture(Backend::Sqlite).await;
    let mut options = fixture.db.options().clone();
    options.pool_size = 1;
    let db = Db::open(options, unbounded_channel().0).await.unwrap();
    let limit = async |pages: u64| {
        let pragma = format!("PRAGMA max_page_count = {pages}");
        db.read::<_, StoreError, _>(move |conn| Ok(diesel::sql_query(pragma).execute(conn).map(drop)?))
            .await
            .unwrap();
    };
    limit(1).await;
    let full = loop {
        let organization = Organization::new("A long name ".repeat(1000));
        if let Err(error) = db.write(move |tx| organizations::insert(tx, &organization)).await {
            break error;
        }
    };
    assert!(matches!(full, StoreError::Disk(_)) && full.is_transient(), "{full:?}");
    assert!(db.read(|conn| leases::with_prefix(conn, "")).await.is_ok(), "reading goes on");
    limit(1_000_000).await;
    db.ping().await.unwrap();
    let organization = Organization::new("Acme");
    db.write(move |tx| organizations::insert(tx, &organization)).await.unwrap();
}
