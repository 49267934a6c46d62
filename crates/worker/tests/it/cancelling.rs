use std::sync::Arc;
use std::time::Duration;

use mission_control_core::models::JobState;
use mission_control_store::jobs::Cancellation;
use mission_control_store::{StoreError, jobs};
use mission_control_testkit::scratch::Backend;
use mission_control_worker::Options;
use rstest::rstest;
use serde_json::json;
use tokio::sync::Notify;

use crate::scratch::{Bench, new_job, quick};

impl Bench {
    async fn cancel(&self, id: mission_control_core::id::JobId) -> Cancellation {
        let cancelled: Result<_, StoreError> = self.db.write(move |tx| jobs::cancel(tx, id)).await;
        cancelled.unwrap()
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handler_sees_that_its_job_is_to_stop_and_ends_it_in_order(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let patient = Options { cancel_grace: Duration::from_secs(60), ..quick() };
    let worker = bench.start(patient, |attempt| async move {
        attempt.progress(30, "half of a step").await;
        attempt.cancelled().await;
        attempt.progress(40, "tidied up").await;
        attempt.go_on()?;
        Ok(json!("not reached"))
    });
    let id = bench.enqueue(new_job()).await;
    bench.job_when(id, |job| job.progress == 30).await;
    assert!(matches!(bench.cancel(id).await, Cancellation::Requested(_)));

    let job = bench.finished(id).await;
    assert_eq!((job.state, job.progress), (JobState::Cancelled, 40));
    assert_eq!(job.progress_message.as_deref(), Some("tidied up"));
    assert_eq!(*worker.given_up.lock().unwrap(), [(id, "it was cancelled".into())]);
    worker.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handler_that_takes_no_notice_is_dropped(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let dropped = Arc::new(Notify::new());
    let worker = bench.start(quick(), {
        let dropped = Arc::clone(&dropped);
        move |_| {
            let guard = NotifyOnDrop(Arc::clone(&dropped));
            async move {
                let _guard = guard;
                std::future::pending().await
            }
        }
    });
    let id = bench.enqueue(new_job()).await;
    bench.job_when(id, |job| job.state == JobState::Running).await;
    bench.cancel(id).await;

    tokio::time::timeout(Duration::from_secs(10), dropped.notified()).await.expect("the handler is dropped");
    assert_eq!(bench.finished(id).await.state, JobState::Cancelled);
    worker.stop().await;
}

struct NotifyOnDrop(Arc<Notify>);

impl Drop for NotifyOnDrop {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_finishes_all_the_same_has_succeeded(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let worker = bench.start(quick(), |attempt| async move {
        attempt.cancelled().await;
        Ok(json!("done"))
    });
    let id = bench.enqueue(new_job()).await;
    bench.job_when(id, |job| job.state == JobState::Running).await;
    bench.cancel(id).await;
    let job = bench.finished(id).await;
    assert_eq!((job.state, job.result), (JobState::Succeeded, Some(json!("done"))));
    worker.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_to_stop_outlives_the_worker_that_did_not_hear_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let id = bench.enqueue(new_job()).await;
    bench.lease_and_die(id, Duration::from_millis(100)).await;
    bench.cancel(id).await;
    let worker = bench.start(quick(), |_| async { Ok(json!("run again")) });
    assert_eq!(bench.finished(id).await.state, JobState::Cancelled);
    worker.stop().await;
}
