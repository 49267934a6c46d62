use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mission_control_core::id::{GatewayId, JobId};
use mission_control_core::models::{GatewayCircuit, JobState, Lane};
use mission_control_store::jobs::NewJob;
use mission_control_store::{StoreError, circuits};
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use mission_control_worker::{JobError, Options};
use rstest::rstest;
use serde_json::json;

use crate::scratch::{Bench, new_job, quick};

fn of(gateway: GatewayId) -> NewJob {
    NewJob { lane: Lane::Bulk, gateway_id: Some(gateway), ..new_job() }
}

impl Bench {
    async fn enqueue_all(&self, count: usize, job: impl Fn() -> NewJob) -> Vec<JobId> {
        let mut ids = Vec::new();
        for _ in 0..count {
            ids.push(self.enqueue(job()).await);
        }
        ids
    }

    async fn circuits(&self) -> Vec<GatewayCircuit> {
        let opened: Result<_, StoreError> = self.db.read(circuits::opened).await;
        opened.unwrap()
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_that_hangs_does_not_delay_the_jobs_of_another(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let (hanging, healthy) = (GatewayId::random(), GatewayId::random());
    let options = Options { concurrency: 4, per_gateway: 2, grace: Duration::ZERO, ..quick() };
    let most = Arc::new(AtomicUsize::new(0));
    let running = Arc::new(AtomicUsize::new(0));
    let worker = bench.start(options, {
        let (most, running) = (Arc::clone(&most), Arc::clone(&running));
        move |attempt| {
            let (most, running) = (Arc::clone(&most), Arc::clone(&running));
            async move {
                if attempt.gateway_id == Some(hanging) {
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::future::pending::<()>().await;
                }
                Ok(json!(null))
            }
        }
    });
    let stuck = bench.enqueue_all(20, || of(hanging)).await;
    bench.job_when(stuck[0], |job| job.state == JobState::Running).await;
    for id in bench.enqueue_all(20, || of(healthy)).await {
        assert_eq!(bench.finished(id).await.state, JobState::Succeeded);
    }
    assert_eq!(most.load(Ordering::SeqCst), 1, "one of the two places is for interactive jobs");
    worker.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_long_jobs_that_people_wait_for_do_not_keep_the_deliveries_of_their_gateway_from_going_on(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let gateway = GatewayId::random();
    // Nothing is swept: the place that is left has to be found by itself.
    let sweep_every = Duration::from_secs(60);
    let options = Options { concurrency: 6, per_gateway: 3, sweep_every, grace: Duration::ZERO, ..quick() };
    let worker = bench.start(options, |attempt| async move {
        if attempt.lane == Lane::Interactive {
            std::future::pending::<()>().await;
        }
        Ok(json!(null))
    });
    let long = bench.enqueue_all(10, || NewJob { lane: Lane::Interactive, ..of(gateway) }).await;
    bench.job_when(long[0], |job| job.state == JobState::Running).await;
    for id in bench.enqueue_all(10, || of(gateway)).await {
        assert_eq!(bench.finished(id).await.state, JobState::Succeeded);
    }
    worker.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backlog_of_one_gateway_is_worked_off_though_it_has_few_places(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let gateway = GatewayId::random();
    // Nothing is swept: what is turned away has to be found when a place is free.
    let options = Options { concurrency: 6, per_gateway: 2, sweep_every: Duration::from_secs(60), ..quick() };
    let worker = bench.start(options, |_| async { Ok(json!(null)) });
    for id in bench.enqueue_all(40, || of(gateway)).await {
        assert_eq!(bench.finished(id).await.state, JobState::Succeeded);
    }
    worker.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_jobs_of_a_gateway_that_is_away_are_held_back_until_one_gets_through(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let gateway = GatewayId::random();
    let options = Options { concurrency: 4, per_gateway: 3, ..quick() };
    let (runs, is_back) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let worker = bench.start(options, {
        let (runs, is_back) = (Arc::clone(&runs), Arc::clone(&is_back));
        move |_| {
            runs.fetch_add(1, Ordering::SeqCst);
            let is_back = is_back.load(Ordering::SeqCst) == 1;
            async move {
                match is_back {
                    true => Ok(json!(null)),
                    false => Err(JobError::GatewayAway("connection refused".into())),
                }
            }
        }
    });
    let jobs = bench.enqueue_all(12, || of(gateway)).await;
    let open =
        wait_until("the circuit to open", Duration::from_secs(10), async || bench.circuits().await.pop())
            .await;
    assert_eq!(open.last_error, "connection refused");
    assert!(open.failures >= 3 && runs.load(Ordering::SeqCst) < 10, "{open:?}, {runs:?}");

    is_back.store(1, Ordering::SeqCst);
    // The outcome of an attempt made while the gateway was away would open the circuit once more.
    for id in &jobs {
        bench.job_when(*id, |job| job.state != JobState::Running).await;
    }
    let seen: Result<(), StoreError> = bench.db.write(move |tx| circuits::let_try(tx, gateway)).await;
    seen.unwrap();
    for id in jobs {
        let job = bench.finished(id).await;
        assert_eq!(job.state, JobState::Succeeded, "attempts were not used up: {job:?}");
    }
    assert_eq!(bench.circuits().await, []);
    worker.stop().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_somebody_waits_for_is_tried_though_the_circuit_is_open(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let gateway = GatewayId::random();
    let failed: Result<(), StoreError> = bench
        .db
        .write(move |tx| (0..5).try_for_each(|_| circuits::fail(tx, gateway, &"away".into()).map(drop)))
        .await;
    failed.unwrap();
    let worker = bench.start(quick(), |_| async { Ok(json!(null)) });
    let bulk = bench.enqueue(of(gateway)).await;
    let urgent = bench.enqueue(NewJob { lane: Lane::Interactive, ..of(gateway) }).await;
    assert_eq!(bench.finished(urgent).await.state, JobState::Succeeded);
    assert_eq!(bench.finished(bulk).await.state, JobState::Succeeded, "its success closed the circuit");
    worker.stop().await;
}
