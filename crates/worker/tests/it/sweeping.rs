use mission_control_core::models::JobState;
use mission_control_store::leases;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::json;
use tokio::sync::mpsc;

use crate::scratch::{Bench, new_job, open, quick};

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_whose_message_was_lost_is_found(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let mut bench = Bench::new(backend).await;
    let (into_the_void, _) = mpsc::unbounded_channel();
    bench.db = open(&bench.database, into_the_void).await;
    let id = bench.enqueue(new_job()).await;
    let worker = bench.start(quick(), |_| async { Ok(json!(null)) });

    assert_eq!(bench.finished(id).await.state, JobState::Succeeded);
    worker.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_is_listed_as_alive_until_it_stops(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let alive = async || bench.db.read(|conn| leases::with_prefix(conn, "worker:")).await.unwrap();
    let options = quick();
    let name = options.name.clone();
    let worker = bench.start(options, |_| async { Ok(json!(null)) });
    let id = bench.enqueue(new_job()).await;
    bench.finished(id).await;

    let listed: Vec<String> = alive().await.into_iter().map(|lease| lease.holder).collect();
    assert_eq!(listed, [name]);
    worker.stop().await;
    assert_eq!(alive().await, []);
}
