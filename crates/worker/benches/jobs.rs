//! How many jobs that do nothing go through in a second, and how long a job waits from its commit to its start.
//!
//! `scripts/bench-jobs` runs it in release; `docs/performance.md` has the figures. Workers share this process with what
//! enqueues, each with connections of its own.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use mission_control_core::config::QueueSettings;
use mission_control_core::models::Job;
use mission_control_core::reason::Reason;
use mission_control_core::time::Timestamp;
use mission_control_queue::Queue;
use mission_control_store::jobs::NewJob;
use mission_control_store::{Db, DbOptions, StoreError, jobs, migrate};
use mission_control_testkit::scratch::{Backend, ScratchDatabase, ScratchRedis};
use mission_control_worker::{Attempt, Handler, JobError, Options, Schedule, Worker};
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Jobs of the measurement of throughput.
const JOBS: usize = 10_000;
/// Jobs of the measurement of waiting times, and the pause between two of them.
const PACED_JOBS: usize = 2_000;
const PACE: Duration = Duration::from_millis(5);

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        println!("{:<34} {:>8} {:>10} {:>10}", "lanes", "jobs/s", "p50 (ms)", "p99 (ms)");
        for (name, backend, with_redis, workers) in [
            ("SQLite, in-process, 1 worker", Backend::Sqlite, false, 1),
            ("PostgreSQL, in-process, 1 worker", Backend::Postgres, false, 1),
            ("PostgreSQL, Redis, 1 worker", Backend::Postgres, true, 1),
            ("PostgreSQL, Redis, 3 workers", Backend::Postgres, true, 3),
        ] {
            let bench = Bench::new(backend, with_redis).await;
            let per_second = bench.throughput(workers).await;
            let waits = bench.waits(workers).await;
            let (p50, p99) = (percentile(&waits, 50), percentile(&waits, 99));
            println!("{name:<34} {per_second:>8.0} {p50:>10.1} {p99:>10.1}");
        }
    });
}

/// A database and perhaps a Redis; how to connect to them.
struct Bench {
    database: ScratchDatabase,
    redis: Option<ScratchRedis>,
    /// Without Redis all workers share it.
    local: Queue,
}

/// Notes when jobs start.
#[derive(Clone, Default)]
struct Nothing {
    waits: Arc<Mutex<Vec<Duration>>>,
    started: Arc<AtomicUsize>,
    news: Arc<Notify>,
}

impl Handler for Nothing {
    async fn run(&self, job: &Attempt) -> Result<Value, JobError> {
        let waited = Timestamp::now().since(Timestamp::from_micros(job.payload.as_i64().unwrap()));
        self.waits.lock().unwrap().push(waited);
        self.started.fetch_add(1, Ordering::SeqCst);
        self.news.notify_one();
        Ok(Value::Null)
    }

    fn schedules(&self) -> Vec<Schedule> {
        Vec::new()
    }

    async fn gave_up(&self, _job: &Job, _why: &Reason) {}
}

impl Nothing {
    async fn started(&self, count: usize) {
        while self.started.load(Ordering::SeqCst) < count {
            self.news.notified().await;
        }
    }
}

impl Bench {
    async fn new(backend: Backend, with_redis: bool) -> Bench {
        let database = ScratchDatabase::empty(backend);
        migrate::up(&DbOptions::parse(database.url()).unwrap()).await.unwrap();
        Bench { database, redis: with_redis.then(ScratchRedis::new), local: Queue::in_process() }
    }

    async fn connect(&self) -> (Db, Queue) {
        let queue = match &self.redis {
            None => self.local.clone(),
            Some(redis) => {
                let settings = QueueSettings {
                    redis_url: Some(redis.url().into()),
                    name: redis.name().to_owned(),
                    throttle: Duration::ZERO,
                    max_retries: 0,
                    retry_base: Duration::ZERO,
                    retry_max: Duration::ZERO,
                };
                Queue::open(&settings).await.unwrap()
            }
        };
        let db = Db::open(DbOptions::parse(self.database.url()).unwrap(), queue.hook()).await.unwrap();
        (db, queue)
    }

    async fn start(&self, workers: usize, handler: &Nothing) -> (JoinSet<()>, CancellationToken) {
        let (mut running, stop) = (JoinSet::new(), CancellationToken::new());
        for number in 0..workers {
            let (db, queue) = self.connect().await;
            let options = Options {
                name: format!("bench:{number}"),
                concurrency: 32,
                per_gateway: 16,
                lease: Duration::from_secs(60),
                sweep_every: Duration::from_secs(5),
                grace: Duration::from_secs(20),
                max_deaths: 20,
                cancel_grace: Duration::ZERO,
                retry_base: Duration::ZERO,
                retry_max: Duration::ZERO,
            };
            running.spawn(Worker::new(db, queue, handler.clone(), options).run(stop.clone()));
        }
        (running, stop)
    }

    /// Jobs per second while as many come as the workers can do.
    async fn throughput(&self, workers: usize) -> f64 {
        let handler = Nothing::default();
        let (db, _queue) = self.connect().await;
        let (running, stop) = self.start(workers, &handler).await;
        let started = Instant::now();
        for _ in 0..JOBS / 100 {
            enqueue(&db, 100).await;
        }
        handler.started(JOBS).await;
        stop.cancel();
        running.join_all().await;
        JOBS as f64 / started.elapsed().as_secs_f64()
    }

    /// How long jobs that come one by one waited.
    async fn waits(&self, workers: usize) -> Vec<Duration> {
        let handler = Nothing::default();
        let (db, _queue) = self.connect().await;
        let (running, stop) = self.start(workers, &handler).await;
        let mut pace = tokio::time::interval(PACE);
        for _ in 0..PACED_JOBS {
            pace.tick().await;
            enqueue(&db, 1).await;
        }
        handler.started(PACED_JOBS).await;
        stop.cancel();
        running.join_all().await;
        let mut waits = handler.waits.lock().unwrap().clone();
        waits.sort();
        waits
    }
}

async fn enqueue(db: &Db, count: usize) {
    let enqueued: Result<(), StoreError> = db
        .write(move |tx| {
            let job = || NewJob::new("nothing", json!(Timestamp::now().micros()));
            (0..count).try_for_each(|_| jobs::enqueue(tx, job()).map(drop))
        })
        .await;
    enqueued.unwrap();
}

/// In milliseconds.
fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    let index = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(index).map_or(0.0, |wait| wait.as_secs_f64() * 1000.0)
}
