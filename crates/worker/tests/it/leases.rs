use std::sync::Arc;
use std::time::Duration;

use mission_control_core::models::{JobState, Lane};
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, jobs};
use mission_control_testkit::scratch::Backend;
use mission_control_worker::Options;
use rstest::rstest;
use serde_json::json;
use tokio::sync::Notify;

use crate::scratch::{Bench, new_job, quick};

const SHORT: Duration = Duration::from_millis(200);

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_expired_lease_is_taken_over_and_the_late_finisher_is_refused(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let id = bench.enqueue(new_job()).await;
    let dead = bench.lease_and_die(id, SHORT).await;
    let worker = bench.start(quick(), |_| async { Ok(json!("of the second worker")) });

    let job = bench.finished(id).await;
    assert_eq!((job.state, job.attempts), (JobState::Succeeded, dead.attempts + 1));
    let late: Result<bool, StoreError> =
        bench.db.write(move |tx| jobs::complete(tx, id, dead.attempts, Some(json!("of the first")))).await;
    assert!(!late.unwrap(), "a finisher without a lease was believed");
    assert_eq!(bench.job(id).await.result, Some(json!("of the second worker")));
    worker.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_kills_its_workers_ends_dead(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let id = bench.enqueue(new_job()).await;
    bench.lease_and_die(id, Duration::ZERO).await;
    bench.lease_and_die(id, Duration::ZERO).await;
    let options = Options { max_deaths: 2, ..quick() };
    let worker = bench.start(options, |_| async { Ok(json!("survived")) });

    let job = bench.finished(id).await;
    assert_eq!(job.state, JobState::Dead);
    assert!(job.last_error.as_deref().unwrap_or_default().contains("their workers died"), "{job:?}");
    assert_eq!(worker.given_up.lock().unwrap().len(), 1);
    worker.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_deaths_of_workers_cost_a_job_no_attempt(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let mut job = new_job();
    job.max_attempts = 1;
    let id = bench.enqueue(job).await;
    for _ in 0..3 {
        bench.lease_and_die(id, Duration::ZERO).await;
    }
    let worker = bench.start(quick(), |job| async move { Ok(json!(job.deaths)) });

    let job = bench.finished(id).await;
    assert_eq!((job.state, job.result), (JobState::Succeeded, Some(json!(3))));
    worker.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_longer_than_its_lease_is_kept_by_renewing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    // Long enough that a busy machine renews it in time.
    let options = Options { lease: Duration::from_secs(3), concurrency: 2, ..quick() };
    let over = Arc::new(Notify::new());
    let told = Arc::clone(&over);
    let worker = bench.start(options, move |job| {
        let told = Arc::clone(&told);
        async move {
            told.notified().await;
            Ok(json!(job.attempts))
        }
    });
    let id = bench.enqueue(new_job()).await;
    let first = bench.job_when(id, |job| job.lease_until.is_some()).await.lease_until.unwrap();
    bench.job_when(id, |_| Timestamp::now() > first).await;
    over.notify_one();

    let job = bench.finished(id).await;
    assert_eq!((job.state, job.attempts), (JobState::Succeeded, 1), "nobody took it over");
    worker.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_place_is_kept_for_jobs_that_somebody_waits_for(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let options = Options { concurrency: 2, grace: Duration::ZERO, ..quick() };
    let worker = bench.start(options, |job| async move {
        match job.lane {
            Lane::Bulk | Lane::Foreign(_) => std::future::pending().await,
            Lane::Interactive => Ok(json!(null)),
        }
    });
    let mut slow = Vec::new();
    for _ in 0..3 {
        let mut job = new_job();
        job.lane = Lane::Bulk;
        slow.push(bench.enqueue(job).await);
    }
    bench.job_when(slow[0], |job| job.state == JobState::Running).await;
    // A place that took bulk jobs when it is idle would take the next slow one between two of these.
    for _ in 0..3 {
        let urgent = bench.enqueue(new_job()).await;
        assert_eq!(bench.finished(urgent).await.state, JobState::Succeeded);
    }
    worker.stop().await;
}
