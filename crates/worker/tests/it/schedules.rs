use std::borrow::Cow;
use std::time::Duration;

use mission_control_core::models::{Job, Schedule as Row};
use mission_control_core::time::Timestamp;
use mission_control_store::jobs::{JobFilter, NewJob};
use mission_control_store::{Page, StoreError, jobs, leases, schedules};
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use mission_control_worker::Schedule;
use rstest::rstest;
use serde_json::json;

use crate::scratch::{Bench, quick};

const MONTHLY: &[Schedule] = &[Schedule {
    name: "tidy",
    cron: Cow::Borrowed("0 0 1 * *"),
    job: || Ok(NewJob::new("tidy", json!({}))),
}];

impl Bench {
    async fn schedule(&self) -> Option<Row> {
        self.db.read(|conn| schedules::find(conn, "tidy")).await.unwrap()
    }

    async fn jobs(&self) -> Vec<Job> {
        self.db.read(|conn| jobs::list(conn, &JobFilter::default(), Page::ALL)).await.unwrap().items
    }

    /// Has the schedule looked at as a worker would have done at `now`.
    async fn look_at(&self, now: Timestamp) {
        let looked: Result<_, StoreError> = self
            .db
            .write(move |tx| {
                let [schedule] = MONTHLY else { unreachable!("there is one") };
                schedules::run_if_due(tx, schedule.name, &schedule.cron, now, (schedule.job)()?)
            })
            .await;
        looked.unwrap();
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schedule_runs_at_its_time_and_what_was_missed_is_made_up_for_once(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let half_a_year_ago = Timestamp::now().minus(Duration::from_secs(180 * 24 * 3600));
    bench.look_at(half_a_year_ago).await;
    assert_eq!(bench.jobs().await.len(), 0, "a new schedule waits for its first time");

    let worker = bench.start_with(quick(), MONTHLY, |_| async { Ok(json!(null)) });
    let ran = wait_until("the schedule to run", Duration::from_secs(10), async || {
        bench.schedule().await.filter(|row| row.last_run_at.is_some())
    })
    .await;
    let job = bench.finished(ran.last_job_id.unwrap()).await;
    assert_eq!((job.kind.as_str(), job.dedupe_key.as_deref()), ("tidy", Some("schedule:tidy")));
    assert!(ran.next_run_at > Timestamp::now());
    worker.stop().await;
    assert_eq!(bench.jobs().await.len(), 1, "six months were missed");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_worker_looks_after_the_schedules_and_another_takes_over_when_it_leaves(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let leader = async || {
        let lease = bench.db.read(|conn| leases::find(conn, "scheduler")).await.unwrap();
        lease.map(|lease| lease.holder)
    };
    let [first, second] = [quick(), quick()];
    let (first_name, second_name) = (first.name.clone(), second.name.clone());
    let first = bench.start_with(first, MONTHLY, |_| async { Ok(json!(null)) });
    assert_eq!(wait_until("a leader", Duration::from_secs(10), leader).await, first_name);
    let second = bench.start_with(second, MONTHLY, |_| async { Ok(json!(null)) });
    first.stop().await;
    wait_until("the other to lead", Duration::from_secs(10), async || {
        (leader().await.as_deref() == Some(second_name.as_str())).then_some(())
    })
    .await;
    second.stop().await;
    assert_eq!(leader().await, None);
}

#[rstest]
#[tokio::test]
async fn a_run_that_is_still_live_is_not_joined_by_another_and_a_new_pattern_counts_from_now(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let bench = Bench::new(backend).await;
    let month = Duration::from_secs(32 * 24 * 3600);
    let now = Timestamp::now();
    for months in 0..3 {
        bench.look_at(now.plus(month * months)).await;
    }
    assert_eq!(bench.jobs().await.len(), 1, "nobody ran the first one yet");

    let run: Result<_, StoreError> = bench
        .db
        .write(move |tx| {
            schedules::run_if_due(tx, "tidy", "0 12 * * *", now.plus(12 * month), NewJob::new("x", json!({})))
        })
        .await;
    assert_eq!(run.unwrap(), None);
    assert!(bench.schedule().await.unwrap().next_run_at > now.plus(12 * month));
}
