use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mission_control_core::id::JobId;
use mission_control_core::models::{Job, JobState};
use mission_control_core::reason::Reason;
use mission_control_queue::{Queue, Wakeup};
use mission_control_store::jobs::NewJob;
use mission_control_store::{Db, DbOptions, StoreError, jobs};
use mission_control_testkit::scratch::{Backend, ScratchDatabase};
use mission_control_worker::{Attempt, Handler, JobError, Options, Schedule, Worker};
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

const PATIENCE: Duration = Duration::from_secs(15);

type Run = Pin<Box<dyn Future<Output = Result<Value, JobError>> + Send>>;

/// A database of this test's own, with lanes inside the process.
pub(crate) struct Bench {
    pub(crate) db: Db,
    pub(crate) queue: Queue,
    pub(crate) database: ScratchDatabase,
}

impl Bench {
    pub(crate) async fn new(backend: Backend) -> Bench {
        let (database, queue) = (ScratchDatabase::migrated(backend), Queue::in_process());
        Bench { db: open(&database, queue.hook()).await, queue, database }
    }

    pub(crate) async fn enqueue(&self, job: NewJob) -> JobId {
        self.db.write(move |tx| jobs::enqueue(tx, job)).await.expect("enqueue a job")
    }

    pub(crate) async fn job(&self, id: JobId) -> Job {
        self.db.read(move |conn| jobs::find(conn, id)).await.expect("read the job").expect("the job is there")
    }

    /// The job, once `expected` holds; fails with the job as it is when that takes too long.
    pub(crate) async fn job_when(&self, id: JobId, expected: impl Fn(&Job) -> bool) -> Job {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let job = self.job(id).await;
            if expected(&job) {
                return job;
            }
            assert!(tokio::time::Instant::now() < deadline, "waited in vain, the job is {job:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    pub(crate) async fn finished(&self, id: JobId) -> Job {
        self.job_when(id, |job| job.state.is_final()).await
    }

    /// Starts a worker whose jobs are run by `run`.
    pub(crate) fn start<F, Fut>(&self, options: Options, run: F) -> Running
    where
        F: Fn(Attempt) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Value, JobError>> + Send + 'static,
    {
        self.start_with(options, &[], run)
    }

    /// The same with schedules.
    pub(crate) fn start_with<F, Fut>(
        &self,
        options: Options,
        schedules: &'static [Schedule],
        run: F,
    ) -> Running
    where
        F: Fn(Attempt) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Value, JobError>> + Send + 'static,
    {
        let given_up = Arc::default();
        let run: Box<dyn Fn(Attempt) -> Run + Send + Sync> = Box::new(move |job| Box::pin(run(job)));
        let handler = Scripted { run, schedules, given_up: Arc::clone(&given_up) };
        let shutdown = CancellationToken::new();
        let worker = Worker::new(self.db.clone(), self.queue.clone(), handler, options);
        Running { task: tokio::spawn(worker.run(shutdown.clone())), shutdown, given_up }
    }

    /// Takes the job as a worker that dies right away would.
    pub(crate) async fn lease_and_die(&self, id: JobId, lease: Duration) -> Job {
        let leased: Result<Vec<Job>, StoreError> =
            self.db.write(move |tx| jobs::lease(tx, &[id], "a worker that dies", lease)).await;
        leased.expect("lease the job").pop().expect("the job is free")
    }
}

pub(crate) async fn open(database: &ScratchDatabase, hook: UnboundedSender<Wakeup>) -> Db {
    let options = DbOptions::parse(database.url()).expect("a scratch database has a URL");
    Db::open(options, hook).await.expect("open the scratch database")
}

/// A worker at work.
pub(crate) struct Running {
    task: JoinHandle<()>,
    pub(crate) shutdown: CancellationToken,
    /// Jobs that the handler was told to be given up, with the reason.
    pub(crate) given_up: Arc<Mutex<Vec<(JobId, Reason)>>>,
}

impl Running {
    pub(crate) async fn stop(self) {
        self.shutdown.cancel();
        tokio::time::timeout(PATIENCE, self.task)
            .await
            .expect("the worker stops")
            .expect("the worker does not panic");
    }
}

struct Scripted {
    run: Box<dyn Fn(Attempt) -> Run + Send + Sync>,
    schedules: &'static [Schedule],
    given_up: Arc<Mutex<Vec<(JobId, Reason)>>>,
}

impl Handler for Scripted {
    async fn run(&self, job: &Attempt) -> Result<Value, JobError> {
        (self.run)(job.clone()).await
    }

    fn schedules(&self) -> Vec<Schedule> {
        self.schedules.to_vec()
    }

    async fn gave_up(&self, job: &Job, why: &Reason) {
        self.given_up.lock().unwrap().push((job.id, why.clone()));
    }
}

/// A worker that does one job at a time, in a hurry.
pub(crate) fn quick() -> Options {
    Options {
        name: format!("test:{}", JobId::random()),
        concurrency: 1,
        per_gateway: 1,
        lease: Duration::from_secs(60),
        sweep_every: Duration::from_millis(100),
        grace: Duration::from_secs(10),
        cancel_grace: Duration::from_millis(200),
        max_deaths: 20,
        retry_base: Duration::from_millis(50),
        retry_max: Duration::from_millis(50),
    }
}

pub(crate) fn new_job() -> NewJob {
    NewJob::new("test", json!({}))
}

pub(crate) fn retry(message: &str) -> Result<Value, JobError> {
    Err(JobError::Retry(message.into()))
}

pub(crate) fn is(state: JobState) -> impl Fn(&Job) -> bool {
    move |job| job.state == state
}
