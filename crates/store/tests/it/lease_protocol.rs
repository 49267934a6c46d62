//! The lease protocol against a model of it: whatever workers, clocks, crashes and people do, in any order, the store does
//! what the model says. Each step is a transaction, so every order of steps is one that several processes could produce.
//! A worker that crashes is one that never uses its attempt again.

use std::time::Duration;

use diesel::prelude::*;
use mission_control_core::id::JobId;
use mission_control_core::models::{Job, JobState};
use mission_control_core::schema::jobs as table;
use mission_control_core::time::Timestamp;
use mission_control_store::jobs::{self, Cancellation, NewJob, Renewal};
use mission_control_store::{Db, StoreError, StoreResult, Tx};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use rstest::rstest;
use serde_json::json;

use super::support::{Backend, fixture};

const LEASE: Duration = Duration::from_secs(600);
const LATER: Duration = Duration::from_secs(3600);

/// Which of the attempts that were handed out is used; old ones are those of workers that were too slow.
type Pick = prop::sample::Index;

#[derive(Debug, Clone)]
enum Step {
    /// A worker reaches for the job.
    Lease,
    /// The lease runs out: its worker is slow, or has crashed.
    Expire,
    /// The time of a job that is to run later comes.
    TimePasses,
    Renew(Pick),
    Checkpoint(Pick),
    Complete(Pick),
    Retry(Pick, bool),
    Postpone(Pick, bool),
    Excuse(Pick, bool),
    Bury(Pick),
    EndCancelled(Pick),
    /// A person cancels the job.
    Cancel,
    /// A person queues it again.
    Requeue,
    /// Somebody wants the same work: it has the same `dedupe_key`.
    EnqueueSame,
}

fn step() -> impl Strategy<Value = Step> {
    let pick = any::<Pick>;
    prop_oneof![
        6 => Just(Step::Lease),
        2 => Just(Step::Expire),
        1 => Just(Step::TimePasses),
        2 => pick().prop_map(Step::Renew),
        1 => pick().prop_map(Step::Checkpoint),
        2 => pick().prop_map(Step::Complete),
        2 => (pick(), any::<bool>()).prop_map(|(pick, due)| Step::Retry(pick, due)),
        1 => (pick(), any::<bool>()).prop_map(|(pick, due)| Step::Postpone(pick, due)),
        1 => (pick(), any::<bool>()).prop_map(|(pick, due)| Step::Excuse(pick, due)),
        2 => pick().prop_map(Step::Bury),
        2 => pick().prop_map(Step::EndCancelled),
        1 => Just(Step::Cancel),
        2 => Just(Step::Requeue),
        1 => Just(Step::EnqueueSame),
    ]
}

/// What the protocol says of one job.
#[derive(Debug, Clone, PartialEq)]
struct Model {
    state: JobState,
    attempts: i32,
    max_attempts: i32,
    deaths: i32,
    due: bool,
    lease_is_over: bool,
    cancel_requested: bool,
}

impl Model {
    const fn new() -> Self {
        Self {
            state: JobState::Queued,
            attempts: 0,
            max_attempts: 3,
            deaths: 0,
            due: true,
            lease_is_over: false,
            cancel_requested: false,
        }
    }

    fn lease(&mut self) -> bool {
        let free = match self.state {
            JobState::Queued => self.due,
            JobState::Running => self.lease_is_over,
            JobState::Succeeded | JobState::Dead | JobState::Cancelled | JobState::Foreign(_) => false,
        };
        if free {
            let died = i32::from(self.state == JobState::Running);
            self.max_attempts += died;
            self.deaths += died;
            self.state = JobState::Running;
            self.attempts += 1;
            self.lease_is_over = false;
        }
        free
    }

    /// Whether this attempt may still say anything.
    fn is_running(&self, attempt: i32) -> bool {
        self.state == JobState::Running && self.attempts == attempt
    }

    fn end(&mut self, attempt: i32, state: JobState) -> bool {
        let accepted = self.is_running(attempt);
        if accepted {
            self.state = state;
        }
        accepted
    }

    fn queue_again(&mut self, attempt: i32, due: bool, counted: bool) -> bool {
        let accepted = self.end(attempt, JobState::Queued);
        if accepted {
            self.due = due;
            self.max_attempts += i32::from(!counted);
        }
        accepted
    }

    fn is_live(&self) -> bool {
        !self.state.is_final()
    }
}

/// A job of the database and its model.
struct Pair {
    db: Db,
    key: String,
    id: JobId,
    model: Model,
    attempts: Vec<i32>,
}

impl Pair {
    async fn new(db: Db) -> Self {
        let key = JobId::random().to_string();
        let id = write(&db, enqueue(key.clone())).await;
        Self { db, key, id, model: Model::new(), attempts: vec![1] }
    }

    /// Does the step on both sides; fails when they do not agree.
    async fn step(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let (db, id) = (self.db.clone(), self.id);
        let attempt = |pick: &Pick| *pick.get(&self.attempts);
        let at = |due: bool| if due { Timestamp::now() } else { Timestamp::now().plus(LATER) };
        match step {
            Step::Lease => {
                let leased = write(&db, move |tx| jobs::lease(tx, &[id], "a worker", LEASE)).await;
                prop_assert_eq!(!leased.is_empty(), self.model.lease());
                self.attempts.extend(leased.iter().map(|job| job.attempts));
            }
            Step::Expire => {
                let past = Some(Timestamp::now().minus(LEASE));
                write(&db, move |tx| {
                    let running = table::table.find(id).filter(table::state.eq(JobState::Running));
                    Ok(diesel::update(running).set(table::lease_until.eq(past)).execute(&mut **tx)?)
                })
                .await;
                self.model.lease_is_over = true;
            }
            Step::TimePasses => {
                let past = Timestamp::now().minus(LATER);
                write(&db, move |tx| {
                    Ok(diesel::update(table::table.find(id))
                        .set(table::run_at.eq(past))
                        .execute(&mut **tx)?)
                })
                .await;
                self.model.due = true;
            }
            Step::Renew(pick) => {
                let attempt = attempt(pick);
                let renewal = write(&db, move |tx| jobs::renew(tx, id, attempt, LEASE)).await;
                let expected = match (self.model.is_running(attempt), self.model.cancel_requested) {
                    (false, _) => Renewal::Lost,
                    (true, true) => Renewal::CancelRequested,
                    (true, false) => Renewal::Kept,
                };
                prop_assert_eq!(renewal, expected);
                if renewal != Renewal::Lost {
                    self.model.lease_is_over = false;
                }
            }
            Step::Checkpoint(pick) => {
                let attempt = attempt(pick);
                let noted =
                    write(&db, move |tx| jobs::checkpoint(tx, id, attempt, 50, "half", json!(1))).await;
                prop_assert_eq!(noted, self.model.is_running(attempt));
                if noted {
                    self.model.deaths = 0;
                }
            }
            Step::Complete(pick) => {
                let attempt = attempt(pick);
                let accepted =
                    write(&db, move |tx| jobs::complete(tx, id, attempt, Some(json!(attempt)))).await;
                prop_assert_eq!(accepted, self.model.end(attempt, JobState::Succeeded));
            }
            Step::Retry(pick, due) => {
                let (attempt, at) = (attempt(pick), at(*due));
                let accepted =
                    write(&db, move |tx| jobs::retry_at(tx, id, attempt, at, &"failed".into())).await;
                prop_assert_eq!(accepted, self.model.queue_again(attempt, *due, true));
            }
            Step::Postpone(pick, due) => {
                let (attempt, at) = (attempt(pick), at(*due));
                let accepted = write(&db, move |tx| jobs::postpone(tx, id, attempt, at, "not yet")).await;
                prop_assert_eq!(accepted, self.model.queue_again(attempt, *due, false));
            }
            Step::Excuse(pick, due) => {
                let (attempt, at) = (attempt(pick), at(*due));
                let accepted = write(&db, move |tx| jobs::excuse(tx, id, attempt, at, &"away".into())).await;
                prop_assert_eq!(accepted, self.model.queue_again(attempt, *due, false));
            }
            Step::Bury(pick) => {
                let attempt = attempt(pick);
                let accepted = write(&db, move |tx| jobs::bury(tx, id, attempt, &"failed".into())).await;
                prop_assert_eq!(accepted, self.model.end(attempt, JobState::Dead));
            }
            Step::EndCancelled(pick) => {
                let attempt = attempt(pick);
                let accepted = write(&db, move |tx| jobs::cancelled(tx, id, attempt)).await;
                prop_assert_eq!(accepted, self.model.end(attempt, JobState::Cancelled));
            }
            Step::Cancel => {
                let cancellation = write(&db, move |tx| jobs::cancel(tx, id)).await;
                match self.model.state {
                    JobState::Queued => {
                        prop_assert!(matches!(cancellation, Cancellation::Done(_)));
                        self.model.state = JobState::Cancelled;
                    }
                    JobState::Running => {
                        prop_assert!(matches!(cancellation, Cancellation::Requested(_)));
                        self.model.cancel_requested = true;
                    }
                    JobState::Succeeded | JobState::Dead | JobState::Cancelled | JobState::Foreign(_) => {
                        prop_assert_eq!(cancellation, Cancellation::TooLate);
                    }
                }
            }
            Step::Requeue => {
                let queued = write(&db, move |tx| jobs::requeue(tx, id)).await;
                let expected = matches!(self.model.state, JobState::Dead | JobState::Cancelled);
                prop_assert_eq!(queued.is_some(), expected);
                if expected {
                    let max_attempts = self.model.max_attempts + self.model.attempts;
                    self.model = Model { attempts: self.model.attempts, max_attempts, ..Model::new() };
                }
            }
            Step::EnqueueSame => {
                let same = write(&db, enqueue(self.key.clone())).await;
                prop_assert_eq!(same == id, self.model.is_live());
                if self.model.is_live() {
                    self.model.due |= self.model.state == JobState::Queued;
                } else {
                    // From here on the new job is the one to watch; the old one is history.
                    (self.id, self.model, self.attempts) = (same, Model::new(), vec![1]);
                }
            }
        }
        self.agree().await
    }

    async fn agree(&self) -> Result<(), TestCaseError> {
        let id = self.id;
        let found: StoreResult<Option<Job>> = self.db.read(move |conn| jobs::find(conn, id)).await;
        let job = found.unwrap().unwrap();
        let Model { state, attempts, max_attempts, deaths, cancel_requested, .. } = self.model;
        prop_assert_eq!((job.state, job.attempts, job.max_attempts), (state, attempts, max_attempts));
        prop_assert_eq!(job.deaths, deaths);
        prop_assert_eq!(job.cancel_requested_at.is_some(), cancel_requested);
        prop_assert_eq!(job.lease_until.is_some(), state == JobState::Running);
        prop_assert_eq!(job.finished_at.is_some(), state.is_final());
        Ok(())
    }
}

fn enqueue(key: String) -> impl FnOnce(&mut Tx<'_>) -> StoreResult<JobId> + Send + 'static {
    move |tx| jobs::enqueue(tx, NewJob { dedupe_key: Some(key), ..NewJob::new("test", json!(null)) })
}

async fn write<T: Send + 'static>(
    db: &Db,
    work: impl FnOnce(&mut Tx<'_>) -> StoreResult<T> + Send + 'static,
) -> T {
    db.write::<T, StoreError, _>(work).await.unwrap()
}

#[rstest]
fn the_store_does_what_the_model_of_the_lease_protocol_says(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let fixture = runtime.block_on(fixture(backend));
    let config = Config { cases: 48, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&vec(step(), 1..50), |steps| {
        runtime.block_on(async {
            let mut pair = Pair::new(fixture.db.clone()).await;
            for step in &steps {
                pair.step(step).await?;
            }
            Ok(())
        })
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
