use std::sync::Arc;
use std::time::Duration;

use mission_control_core::models::JobState;
use mission_control_testkit::scratch::Backend;
use mission_control_worker::Options;
use rstest::rstest;
use serde_json::json;
use tokio::sync::Notify;

use crate::scratch::{Bench, new_job, quick};

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_lets_a_running_job_finish(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let bench = Bench::new(backend).await;
    let go_on = Arc::new(Notify::new());
    let worker = bench.start(quick(), {
        let go_on = Arc::clone(&go_on);
        move |_| {
            let go_on = Arc::clone(&go_on);
            async move {
                go_on.notified().await;
                Ok(json!("finished"))
            }
        }
    });
    let id = bench.enqueue(new_job()).await;
    bench.job_when(id, |job| job.state == JobState::Running).await;
    worker.shutdown.cancel();
    let late = bench.enqueue(new_job()).await;
    go_on.notify_one();
    worker.stop().await;

    assert_eq!(bench.job(id).await.state, JobState::Succeeded);
    assert_eq!(bench.job(late).await.state, JobState::Queued, "nothing new is taken");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_hands_back_what_does_not_finish_in_time(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let stuck = bench.start(Options { grace: Duration::from_millis(50), ..quick() }, |_| async {
        std::future::pending().await
    });
    let mut job = new_job();
    job.max_attempts = 1;
    let id = bench.enqueue(job).await;
    bench.job_when(id, |job| job.state == JobState::Running).await;
    stuck.stop().await;
    assert_eq!(bench.job(id).await.state, JobState::Queued);

    let next = bench.start(quick(), |_| async { Ok(json!("by the next worker")) });
    let job = bench.finished(id).await;
    assert_eq!(job.result, Some(json!("by the next worker")), "its only attempt was not lost: {job:?}");
    next.stop().await;
}
