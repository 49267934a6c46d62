//! Behind PgBouncer, and after a restart of the server.

use std::time::Duration;

use diesel::prelude::*;
use diesel::sql_types::Text;
use mission_control_core::models::Organization;
use mission_control_store::{Db, DbOptions, StoreError, leases, migrate, organizations};
use mission_control_testkit::servers::{PgBouncer, PostgresServer};
use mission_control_testkit::skip::skipped;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;
use tokio::sync::mpsc::unbounded_channel;
use tokio::task::JoinSet;

async fn open(url: &str) -> Db {
    Db::open(DbOptions::parse(url).unwrap(), unbounded_channel().0).await.unwrap()
}

async fn text(db: &Db, sql: &'static str) -> String {
    db.read::<_, StoreError, _>(move |conn| {
        Ok(diesel::select(diesel::dsl::sql::<Text>(sql)).get_result(conn)?)
    })
    .await
    .unwrap()
}

#[rstest]
#[case::transactions(&["pool_mode = transaction", "default_pool_size = 3"])]
#[case::settings_kept_back(&["pool_mode = transaction", "default_pool_size = 3", "ignore_startup_parameters = options"])]
#[case::sessions(&["pool_mode = session", "default_pool_size = 40"])]
#[tokio::test(flavor = "multi_thread")]
async fn everything_works_behind_a_pooler_and_leaves_nothing_in_its_sessions(#[case] settings: &[&str]) {
    let Some(server) = PostgresServer::start().await else { panic!("PostgreSQL is not installed") };
    let Some(pooler) = PgBouncer::start(&server, settings).await else {
        return skipped("PgBouncer is not installed");
    };
    let url = pooler.url();
    let options = DbOptions::parse(&url).unwrap();
    migrate::up(&options).await.unwrap();
    assert!(migrate::status(&options).await.unwrap().pending.is_empty());

    // Two processes, each with more connections than the pooler has sessions.
    let processes = [open(&url).await, open(&url).await];
    let mut work = JoinSet::new();
    for (index, db) in (0..40).zip(processes.iter().cycle()) {
        let db = db.clone();
        work.spawn(async move {
            let organization = Organization::new(format!("Acme {index}"));
            let id = organization.id;
            db.write::<_, StoreError, _>(move |tx| {
                organizations::insert(tx, &organization)?;
                leases::acquire(tx, &format!("lease {}", index % 5), "us", Duration::from_secs(60))
            })
            .await?;
            for _ in 0..10 {
                let found = db.read(move |conn| organizations::find(conn, id)).await?;
                assert_eq!(found.map(|found| found.id), Some(id));
                db.snapshot(move |conn| leases::with_prefix(conn, "lease ")).await?;
                db.ping().await?;
            }
            Ok::<_, StoreError>(())
        });
    }
    for outcome in work.join_all().await {
        outcome.unwrap();
    }
    assert_eq!(text(&processes[0], "current_setting('statement_timeout')").await, "30s");
    assert_eq!(text(&processes[0], "current_setting('TimeZone')").await, "UTC");
    drop(processes);

    if settings.contains(&"pool_mode = transaction") {
        let direct = open(&server.url()).await;
        let left = "(SELECT count(*)::text FROM pg_stat_activity WHERE state LIKE 'idle in transaction%')";
        // Whoever connects is in a transaction for a moment.
        let none = async || (text(&direct, left).await == "0").then_some(());
        wait_until("no session to be left in a transaction", Duration::from_secs(10), none).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pooler_that_takes_no_transactions_is_refused_with_what_to_set() {
    let Some(server) = PostgresServer::start().await else { panic!("PostgreSQL is not installed") };
    let Some(pooler) = PgBouncer::start(&server, &["pool_mode = statement"]).await else { return };
    let options = DbOptions::parse(&pooler.url()).unwrap();
    let Err(refused) = Db::open(options, unbounded_channel().0).await else { panic!("it opened") };
    assert!(refused.to_string().contains("pool_mode = transaction"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_of_the_server_no_request_fails() {
    let Some(mut server) = PostgresServer::start().await else { panic!("PostgreSQL is not installed") };
    let options = DbOptions::parse(&server.url()).unwrap();
    migrate::up(&options).await.unwrap();
    let size = options.pool_size;
    let db = Db::open(options, unbounded_channel().0).await.unwrap();
    for round in 0..3 {
        let all_at_once = std::sync::Arc::new(std::sync::Barrier::new(size as usize));
        let mut warm = JoinSet::new();
        for _ in 0..size {
            let (db, all_at_once) = (db.clone(), all_at_once.clone());
            warm.spawn(async move {
                db.read::<_, StoreError, _>(move |_| {
                    all_at_once.wait();
                    Ok(())
                })
                .await
            });
        }
        assert!(warm.join_all().await.iter().all(Result::is_ok));
        server.crash_and_recover().await;
        let mut work = JoinSet::new();
        for index in 0..size {
            let db = db.clone();
            work.spawn(async move {
                if (index + round) % 2 == 0 {
                    let organization = Organization::new(format!("Acme {round} {index}"));
                    db.write(move |tx| organizations::insert(tx, &organization)).await
                } else {
                    db.read(|conn| leases::with_prefix(conn, "")).await.map(drop)
                }
            });
        }
        for outcome in work.join_all().await {
            outcome.unwrap();
        }
    }
}
