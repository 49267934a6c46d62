use std::time::Duration;

use mission_control_core::config::{QueueSettings, Settings};
use mission_control_core::models::JobState;
use mission_control_queue::Queue;
use mission_control_store::{StoreError, jobs};
use mission_control_testkit::scratch::{Backend, ScratchRedis};
use mission_control_worker::Options;
use rstest::rstest;
use serde_json::json;

use crate::scratch::{Bench, new_job, open, quick};

fn settings(redis: &ScratchRedis) -> QueueSettings {
    let variables = [
        ("RQ_REDIS_URL", redis.url()),
        ("RQ_QUEUE_NAME", redis.name()),
        ("MISSION_CONTROL_DATA_DIR", "/nowhere"),
    ];
    Settings::from_env(variables).expect("valid settings").queue
}

/// The sweep of this test comes once, at the start: only the lane can deliver.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_of_another_process_arrives_through_redis(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (redis, mut bench) = (ScratchRedis::new(), Bench::new(backend).await);
    bench.queue = Queue::open(&settings(&redis)).await.unwrap();
    bench.db = open(&bench.database, bench.queue.hook()).await;
    let options = Options { sweep_every: Duration::from_secs(3600), ..quick() };
    let worker = bench.start(options, |_| async { Ok(json!("done")) });

    let other = Queue::open(&settings(&redis)).await.unwrap();
    let db = open(&bench.database, other.hook()).await;
    let enqueued: Result<_, StoreError> = db.write(|tx| jobs::enqueue(tx, new_job())).await;
    assert_eq!(bench.finished(enqueued.unwrap()).await.state, JobState::Succeeded);
    worker.stop().await;
}

/// Two workers, one job after the other in flight: a lease keeps the second away.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_do_each_job_once(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let bench = Bench::new(backend).await;
    let start =
        || bench.start(Options { concurrency: 3, ..quick() }, |job| async move { Ok(json!(job.attempts)) });
    let workers = [start(), start()];
    let mut ids = Vec::new();
    for _ in 0..30 {
        ids.push(bench.enqueue(new_job()).await);
    }
    for id in ids {
        let job = bench.finished(id).await;
        assert_eq!((job.state, job.attempts), (JobState::Succeeded, 1), "{job:?}");
    }
    for worker in workers {
        worker.stop().await;
    }
}
