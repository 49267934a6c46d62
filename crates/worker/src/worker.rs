use std::sync::Arc;

use mission_control_queue::{Lane, Queue};
use mission_control_store::Db;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::gateways::Gateways;
use crate::handler::Handler;
use crate::options::Options;
use crate::recorder::Recorder;
use crate::running::Running;

const BOTH_LANES: &[Lane] = &[Lane::Interactive, Lane::Bulk];
/// The lanes of the place that is kept free for jobs somebody waits for.
const INTERACTIVE: &[Lane] = &[Lane::Interactive];

/// Runs jobs with a [`Handler`].
pub struct Worker<H> {
    pub(crate) db: Db,
    pub(crate) queue: Queue,
    pub(crate) handler: H,
    pub(crate) options: Options,
    pub(crate) gateways: Arc<Gateways>,
    pub(crate) recorder: Recorder,
    pub(crate) running: Running,
    /// The grace of a stop is over: running jobs go back to where they came from.
    pub(crate) hand_back: CancellationToken,
}

impl<H: Handler> Worker<H> {
    /// A worker that takes no job until [`Worker::run`]. Must be called inside a Tokio runtime.
    pub fn new(db: Db, queue: Queue, handler: H, options: Options) -> Worker<H> {
        Worker {
            gateways: Gateways::new(options.per_gateway),
            recorder: Recorder::start(db.clone()),
            running: Running::default(),
            hand_back: CancellationToken::new(),
            db,
            queue,
            handler,
            options,
        }
    }

    /// Works until `shutdown`, then takes nothing more and returns when the running jobs have finished or, after the
    /// grace, been handed back.
    pub async fn run(self, shutdown: CancellationToken) {
        let worker = Arc::new(self);
        let Options { name, concurrency, grace, .. } = &worker.options;
        tracing::info!(worker = name, concurrency, "worker started");
        let reserved = usize::from(*concurrency > 1);
        let mut takers = JoinSet::new();
        for (lanes, places) in [(INTERACTIVE, reserved), (BOTH_LANES, *concurrency - reserved)] {
            if places > 0 {
                takers.spawn(Arc::clone(&worker).take(lanes, places, shutdown.clone()));
            }
        }
        let listening = tokio::spawn(worker.running.clone().listen(worker.queue.clone()));
        shutdown.run_until_cancelled(worker.sweep_and_report()).await;

        tracing::info!(worker = name, grace_seconds = grace.as_secs(), "worker is stopping");
        let finished = async { while takers.join_next().await.is_some() {} };
        tokio::pin!(finished);
        if tokio::time::timeout(*grace, &mut finished).await.is_err() {
            worker.hand_back.cancel();
            finished.await;
        }
        listening.abort();
        worker.say_goodbye().await;
        tracing::info!(worker = name, "worker stopped");
    }
}
