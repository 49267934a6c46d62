use mission_control_core::id::JobId;
use mission_control_store::jobs::NewJob;
use mission_control_store::{StoreError, jobs, request};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::json;

use crate::scratch::{Bench, new_job, quick};

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_and_those_that_it_enqueues_are_caused_by_the_same_request(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let db = bench.db.clone();
    let worker = bench.start(quick(), move |job| {
        let db = db.clone();
        async move {
            if job.payload["enqueues"] != true {
                return Ok(json!(null));
            }
            let next: Result<JobId, StoreError> = db.write(|tx| jobs::enqueue(tx, new_job())).await;
            Ok(json!(next.unwrap()))
        }
    });
    let first = NewJob::new("test", json!({ "enqueues": true }));
    let first = request::scope(request::Origin::of(Some("r1".to_owned())), bench.enqueue(first)).await;
    let by_itself = bench.enqueue(new_job()).await;

    let first = bench.finished(first).await;
    assert_eq!(first.request_id.as_deref(), Some("r1"));
    let next: JobId = serde_json::from_value(first.result.unwrap()).unwrap();
    assert_eq!(bench.finished(next).await.request_id.as_deref(), Some("r1"));
    assert_eq!(bench.finished(by_itself).await.request_id, None);
    worker.stop().await;
}
