//! The protocol of leases and attempts.

use std::time::Duration;

use mission_control_core::id::JobId;
use mission_control_core::models::{Job, JobState, Lane};
use mission_control_core::time::Timestamp;
use mission_control_core::wakeup::Wakeup;
use mission_control_store::jobs::{self, Cancellation, JobFilter, NewJob, Renewal};
use mission_control_store::request::{self, Origin};
use mission_control_store::{Db, Page, StoreError, StoreResult, Tx};
use rstest::rstest;
use serde_json::json;

use super::support::{Backend, fixture};

const MINUTE: Duration = Duration::from_secs(60);

async fn write<T: Send + 'static>(
    db: &Db,
    work: impl FnOnce(&mut Tx<'_>) -> StoreResult<T> + Send + 'static,
) -> T {
    db.write(work).await.unwrap()
}

async fn enqueue(db: &Db, new: NewJob) -> JobId {
    write(db, |tx| jobs::enqueue(tx, new)).await
}

async fn lease(db: &Db, id: JobId, worker: &'static str, duration: Duration) -> Option<Job> {
    write(db, move |tx| jobs::lease(tx, &[id], worker, duration)).await.pop()
}

async fn find(db: &Db, id: JobId) -> Job {
    db.read(move |conn| jobs::find(conn, id)).await.unwrap().unwrap()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_several_workers_that_reach_for_a_job_one_gets_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let id = enqueue(&fixture.db, NewJob::new("test", json!({"n": 1}))).await;
    let workers = (0..8).map(|_| {
        let db = fixture.db.clone();
        tokio::spawn(async move { lease(&db, id, "worker", MINUTE).await })
    });
    let mut leased = Vec::new();
    for worker in workers.collect::<Vec<_>>() {
        leased.extend(worker.await.unwrap());
    }
    assert_eq!(leased.len(), 1);
    assert_eq!((leased[0].attempts, leased[0].state), (1, JobState::Running));
    assert_eq!(leased[0].payload, json!({"n": 1}));
}

#[rstest]
#[tokio::test]
async fn a_job_is_not_leased_before_its_time(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let fixture = fixture(backend).await;
    let later = NewJob { run_at: Timestamp::now().plus(MINUTE), ..NewJob::new("test", json!(null)) };
    let id = enqueue(&fixture.db, later).await;
    assert_eq!(lease(&fixture.db, id, "worker", MINUTE).await, None);
    let due =
        fixture.db.read(|conn| jobs::due(conn, Lane::Interactive, Timestamp::now(), &[], 10)).await.unwrap();
    assert_eq!(due, []);
    let due = fixture
        .db
        .read(|conn| jobs::due(conn, Lane::Interactive, Timestamp::now().plus(2 * MINUTE), &[], 10))
        .await
        .unwrap();
    assert_eq!(due.iter().map(|due| (due.id, due.lane)).collect::<Vec<_>>(), [(id, Lane::Interactive)]);
}

#[rstest]
#[tokio::test]
async fn a_job_whose_worker_disappeared_is_due_and_the_late_worker_is_refused(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let db = &fixture.db;
    let id = enqueue(db, NewJob::new("test", json!(null))).await;
    let lost = lease(db, id, "lost", Duration::ZERO).await.unwrap();
    assert_eq!(
        db.read(|conn| jobs::due(conn, Lane::Interactive, Timestamp::now(), &[], 10)).await.unwrap().len(),
        1
    );

    let second = lease(db, id, "second", MINUTE).await.unwrap();
    assert_eq!((second.attempts, second.leased_by.as_deref()), (2, Some("second")));

    let attempt = lost.attempts;
    assert_eq!(write(db, move |tx| jobs::renew(tx, id, attempt, MINUTE)).await, Renewal::Lost);
    assert!(!write(db, move |tx| jobs::complete(tx, id, attempt, None)).await);
    assert!(!write(db, move |tx| jobs::retry_at(tx, id, attempt, Timestamp::now(), &"late".into())).await);
    assert!(!write(db, move |tx| jobs::bury(tx, id, attempt, &"late".into())).await);
    assert_eq!(find(db, id).await, second);

    let attempt = second.attempts;
    assert_eq!(write(db, move |tx| jobs::renew(tx, id, attempt, 2 * MINUTE)).await, Renewal::Kept);
    assert!(write(db, move |tx| jobs::progress(tx, id, attempt, 40, "copying")).await);
    assert!(write(db, move |tx| jobs::complete(tx, id, attempt, Some(json!({"ok": true})))).await);
    let done = find(db, id).await;
    assert_eq!(
        (done.state, done.result, done.progress),
        (JobState::Succeeded, Some(json!({"ok": true})), 100)
    );
    assert_eq!(lease(db, id, "third", MINUTE).await, None);
}

#[rstest]
#[tokio::test]
async fn a_worker_that_disappeared_is_counted_as_a_death_not_as_an_attempt(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let mut fixture = fixture(backend).await;
    let db = fixture.db.clone();
    let id = enqueue(&db, NewJob { max_attempts: 1, ..NewJob::new("test", json!(null)) }).await;
    lease(&db, id, "lost", Duration::ZERO).await.unwrap();
    fixture.announced();

    let second = lease(&db, id, "second", MINUTE).await.unwrap();
    assert_eq!((second.deaths, second.attempts, second.max_attempts), (1, 2, 2));
    assert!(write(&db, move |tx| jobs::bury(tx, id, second.attempts, &"its workers died".into())).await);
    assert_eq!(find(&db, id).await.state, JobState::Dead);
    assert_eq!(fixture.announced(), [Wakeup::JobFinished { id }]);
    assert_eq!(write(&db, move |tx| jobs::requeue(tx, id)).await.unwrap().deaths, 0);
}

#[rstest]
#[tokio::test]
async fn people_may_queue_a_dead_job_again_with_fresh_attempts(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let db = &fixture.db;
    let id = enqueue(db, NewJob { max_attempts: 1, ..NewJob::new("test", json!(null)) }).await;
    lease(db, id, "worker", MINUTE).await.unwrap();
    assert_eq!(write(db, move |tx| jobs::requeue(tx, id)).await, None);
    assert!(write(db, move |tx| jobs::bury(tx, id, 1, &"refused".into())).await);

    assert!(write(db, move |tx| jobs::requeue(tx, id)).await.is_some());
    let again = lease(db, id, "worker", MINUTE).await.unwrap();
    assert_eq!((again.attempts, again.max_attempts, again.finished_at), (2, 2, None));
}

#[rstest]
#[tokio::test]
async fn a_failed_attempt_is_announced_for_its_next_time_and_a_postponed_one_does_not_count(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let mut fixture = fixture(backend).await;
    let db = fixture.db.clone();
    let id = enqueue(&db, NewJob { max_attempts: 2, ..NewJob::new("test", json!(null)) }).await;
    let now = Timestamp::now();

    let first = lease(&db, id, "worker", MINUTE).await.unwrap().attempts;
    fixture.announced();
    assert!(write(&db, move |tx| jobs::postpone(tx, id, first, now, "busy")).await);
    assert_eq!(fixture.announced(), [Wakeup::JobQueued { id, lane: Lane::Interactive, run_at: now }]);

    let second = lease(&db, id, "worker", MINUTE).await.unwrap();
    assert_eq!((second.attempts, second.max_attempts, second.last_error.clone()), (2, 3, None));
    assert!(write(&db, move |tx| jobs::retry_at(tx, id, 2, now, &"refused".into())).await);
    let third = lease(&db, id, "worker", MINUTE).await.unwrap();
    assert!(write(&db, move |tx| jobs::bury(tx, id, third.attempts, &"refused".into())).await);
    let dead = find(&db, id).await;
    assert_eq!((dead.state, dead.last_error.as_deref()), (JobState::Dead, Some("refused")));
    assert!(dead.finished_at.is_some());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn one_live_job_per_dedupe_key(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let fixture = fixture(backend).await;
    let sync = || NewJob { dedupe_key: Some("sync:1".to_owned()), ..NewJob::new("sync", json!(null)) };
    let callers = (0..8).map(|_| {
        let (db, job) = (fixture.db.clone(), sync());
        tokio::spawn(async move { enqueue(&db, job).await })
    });
    let mut ids = Vec::new();
    for caller in callers.collect::<Vec<_>>() {
        ids.push(caller.await.unwrap());
    }
    let id = ids[0];
    assert!(ids.iter().all(|other| *other == id), "{ids:?}");

    lease(&fixture.db, id, "worker", MINUTE).await.unwrap();
    assert_eq!(enqueue(&fixture.db, sync()).await, id);
    assert!(write(&fixture.db, move |tx| jobs::complete(tx, id, 1, None)).await);
    assert_ne!(enqueue(&fixture.db, sync()).await, id);
    let all = fixture.db.read(|conn| jobs::list(conn, &JobFilter::default(), Page::ALL)).await.unwrap();
    assert_eq!(all.total, 2);
}

#[rstest]
#[tokio::test]
async fn enqueueing_again_brings_a_waiting_job_forward(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let mut fixture = fixture(backend).await;
    let now = Timestamp::now();
    let at = |run_at| NewJob { run_at, dedupe_key: Some("k".to_owned()), ..NewJob::new("test", json!(null)) };
    let id = enqueue(&fixture.db, at(now.plus(MINUTE))).await;
    enqueue(&fixture.db, at(now.plus(2 * MINUTE))).await;
    assert_eq!(find(&fixture.db, id).await.run_at, now.plus(MINUTE));
    fixture.announced();
    enqueue(&fixture.db, at(now)).await;
    assert_eq!(find(&fixture.db, id).await.run_at, now);
    assert_eq!(fixture.announced(), [Wakeup::JobQueued { id, lane: Lane::Interactive, run_at: now }]);
}

#[rstest]
#[tokio::test]
async fn a_queued_job_is_cancelled_at_once_and_a_running_one_by_its_worker(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let mut fixture = fixture(backend).await;
    let db = fixture.db.clone();
    let [queued, running] = [
        enqueue(&db, NewJob::new("test", json!(null))).await,
        enqueue(&db, NewJob::new("test", json!(null))).await,
    ];
    lease(&db, running, "worker", MINUTE).await.unwrap();
    fixture.announced();
    let cancelled = write(&db, move |tx| jobs::cancel(tx, queued)).await;
    assert!(matches!(cancelled, Cancellation::Done(job) if job.state == JobState::Cancelled));
    assert_eq!(fixture.announced(), [Wakeup::JobFinished { id: queued }]);

    let requested = write(&db, move |tx| jobs::cancel(tx, running)).await;
    assert!(matches!(requested, Cancellation::Requested(job) if job.state == JobState::Running));
    assert_eq!(fixture.announced(), [Wakeup::JobCancelRequested { id: running }]);
    let renewal = write(&db, move |tx| jobs::renew(tx, running, 1, MINUTE)).await;
    assert_eq!(renewal, Renewal::CancelRequested);
    assert!(write(&db, move |tx| jobs::cancelled(tx, running, 1)).await);
    assert_eq!(write(&db, move |tx| jobs::cancel(tx, running)).await, Cancellation::TooLate);

    let again = write(&db, move |tx| jobs::requeue(tx, running)).await.unwrap();
    assert_eq!((again.state, again.cancel_requested_at), (JobState::Queued, None));
}

#[rstest]
#[tokio::test]
async fn old_jobs_are_trimmed_by_how_they_ended(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let db = &fixture.db;
    for outcome in [JobState::Succeeded, JobState::Succeeded, JobState::Dead] {
        let id = enqueue(db, NewJob::new("test", json!(null))).await;
        lease(db, id, "worker", MINUTE).await.unwrap();
        write(db, move |tx| match outcome {
            JobState::Dead => jobs::bury(tx, id, 1, &"no".into()),
            _ => jobs::complete(tx, id, 1, None),
        })
        .await;
    }
    let waiting = enqueue(db, NewJob::new("test", json!(null))).await;
    let (old, young) = (Timestamp::now().minus(MINUTE), Timestamp::now().plus(MINUTE));
    let succeeded = &[JobState::Succeeded];
    assert_eq!(write(db, move |tx| jobs::trim(tx, succeeded, old, 10)).await, 0);
    assert_eq!(write(db, move |tx| jobs::trim(tx, succeeded, young, 1)).await, 1, "a batch at a time");
    assert_eq!(write(db, move |tx| jobs::trim(tx, succeeded, young, 10)).await, 1);
    let left =
        db.read::<_, StoreError, _>(|conn| jobs::list(conn, &JobFilter::default(), Page::ALL)).await.unwrap();
    assert_eq!(
        left.items.iter().map(|job| job.state).collect::<Vec<_>>(),
        [JobState::Queued, JobState::Dead]
    );
    assert_eq!(left.items[0].id, waiting);
    assert_eq!(write(db, move |tx| jobs::trim(tx, &[JobState::Dead], young, 10)).await, 1);
}

#[rstest]
#[tokio::test]
async fn a_request_knows_what_it_booked_and_which_of_it_waits_for_a_worker(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let db = &fixture.db;
    let origin = Origin::of(Some("r".to_owned()));
    let book = async |new: NewJob| request::scope(origin.clone(), enqueue(db, new)).await;
    let key = |key: &str| NewJob { dedupe_key: Some(key.to_owned()), ..NewJob::new("test", json!(null)) };
    let before = enqueue(db, key("one")).await;
    assert_eq!(origin.booked(), [], "that was nobody's request");

    let undone = request::scope(
        origin.clone(),
        db.write(|tx| {
            jobs::enqueue(tx, NewJob::new("test", json!(null)))?;
            Err::<(), _>(StoreError::NotFound("anything"))
        }),
    );
    undone.await.unwrap_err();
    assert_eq!(origin.booked(), [], "what was undone was not booked");

    assert_eq!(book(key("one")).await, before);
    let bulk = book(NewJob { lane: Lane::Bulk, ..NewJob::new("test", json!(null)) }).await;
    let later =
        book(NewJob { run_at: Timestamp::now().plus(MINUTE), ..NewJob::new("test", json!(null)) }).await;
    assert_eq!(origin.booked(), [before, bulk, later]);

    let waiting = async |ids: Vec<JobId>| db.read(move |conn| jobs::waiting_among(conn, &ids)).await.unwrap();
    let mut lanes = waiting(origin.booked()).await;
    lanes.sort_by_key(|lane| lane.to_string());
    assert_eq!(lanes, [Lane::Bulk, Lane::Interactive]);
    assert_eq!(waiting(vec![later]).await, [], "it waits for its time");
    lease(db, before, "worker", MINUTE).await.unwrap();
    assert_eq!(waiting(vec![before]).await, [], "a worker has it");
}
