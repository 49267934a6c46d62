use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mission_control_core::models::JobState;
use mission_control_core::reason::Reason;
use mission_control_core::time::Timestamp;
use mission_control_testkit::scratch::Backend;
use mission_control_worker::{JobError, Options};
use rstest::rstest;
use serde_json::json;

use crate::scratch::{Bench, is, new_job, quick, retry};

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_runs_once_and_its_result_is_kept(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let runs = Arc::new(AtomicUsize::new(0));
    let worker = bench.start(Options { concurrency: 4, ..quick() }, {
        let runs = Arc::clone(&runs);
        move |job| {
            runs.fetch_add(1, Ordering::SeqCst);
            async move { Ok(json!({ "kind": job.kind })) }
        }
    });
    let id = bench.enqueue(new_job()).await;

    let job = bench.finished(id).await;
    assert_eq!((job.state, job.result), (JobState::Succeeded, Some(json!({ "kind": "test" }))));
    worker.stop().await;
    assert_eq!(runs.load(Ordering::SeqCst), 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_job_is_tried_again_after_a_back_off_that_blocks_nobody(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let hour = Duration::from_secs(3600);
    let worker = bench.start(Options { retry_base: hour, retry_max: hour, ..quick() }, |job| async move {
        if job.payload["fails"] == true { retry("the gateway is away") } else { Ok(json!(null)) }
    });
    let failing =
        bench.enqueue(mission_control_store::jobs::NewJob::new("test", json!({ "fails": true }))).await;
    let failed = bench.job_when(failing, |job| job.last_error.is_some()).await;
    let other = bench.enqueue(new_job()).await;

    assert_eq!(bench.finished(other).await.state, JobState::Succeeded, "one place only, and it is free");
    assert_eq!((failed.state, failed.attempts), (JobState::Queued, 1));
    assert_eq!(failed.last_error.as_deref(), Some("the gateway is away"));
    assert!(failed.run_at <= Timestamp::now().plus(hour));
    assert!(
        failed.run_at > Timestamp::now(),
        "a back-off of up to an hour is over within milliseconds: {failed:?}"
    );
    worker.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_fails_at_first_succeeds_later(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let worker = bench.start(quick(), |job| async move {
        if job.attempts < 3 { retry("not yet") } else { Ok(json!(job.attempts)) }
    });
    let id = bench.enqueue(new_job()).await;

    let job = bench.finished(id).await;
    assert_eq!((job.state, job.attempts, job.result), (JobState::Succeeded, 3, Some(json!(3))));
    worker.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_fails_for_good_is_dead_with_its_cause_and_its_remedy(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let worker = bench
        .start(quick(), |_| async { Err(JobError::Fatal(Reason::new("no such agent", Some("Create it.")))) });
    let id = bench.enqueue(new_job()).await;

    let job = bench.finished(id).await;
    assert_eq!((job.state, job.attempts), (JobState::Dead, 1));
    let why = (job.last_error.as_deref(), job.remedy.as_deref());
    assert_eq!(why, (Some("no such agent"), Some("Create it.")));
    let told = worker.given_up.lock().unwrap().clone();
    assert_eq!(told, [(id, Reason::new("no such agent", Some("Create it.")))]);
    worker.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panic_is_a_failure_and_the_last_one_is_final(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let runs = Arc::new(AtomicUsize::new(0));
    let worker = bench.start(quick(), {
        let runs = Arc::clone(&runs);
        move |_| {
            let run = runs.fetch_add(1, Ordering::SeqCst) + 1;
            async move { panic!("attempt {run} hit a defect") }
        }
    });
    let mut job = new_job();
    job.max_attempts = 2;
    let id = bench.enqueue(job).await;

    let job = bench.finished(id).await;
    assert_eq!((job.state, job.attempts), (JobState::Dead, 2));
    assert_eq!(job.last_error.as_deref(), Some("the handler panicked: attempt 2 hit a defect"));
    assert_eq!(worker.given_up.lock().unwrap().len(), 1, "told once, at the end");
    worker.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_asks_to_come_later_loses_no_attempt(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let runs = Arc::new(AtomicUsize::new(0));
    let worker = bench.start(quick(), {
        let runs = Arc::clone(&runs);
        move |_| {
            let run = runs.fetch_add(1, Ordering::SeqCst);
            async move {
                if run < 3 {
                    let after = Duration::from_millis(20);
                    Err(JobError::Later { reason: "the gateway's config is being written".to_owned(), after })
                } else {
                    retry("failed")
                }
            }
        }
    });
    let mut job = new_job();
    job.max_attempts = 2;
    let id = bench.enqueue(job).await;

    assert!(is(JobState::Dead)(&bench.finished(id).await));
    assert_eq!(runs.load(Ordering::SeqCst), 5, "three postponements and both attempts");
    worker.stop().await;
}
