//! The worker and the gateway link inside this process, for installations without Redis.

use mission_control_fleet::Fleet;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Background work of a one-process installation; nothing at all when Redis joins several processes.
pub(crate) struct LocalWork {
    tasks: JoinSet<()>,
    stop: CancellationToken,
}

impl LocalWork {
    /// Starts what the configuration asks for.
    pub(crate) fn start(fleet: &Fleet) -> Self {
        let mut work = Self { tasks: JoinSet::new(), stop: CancellationToken::new() };
        if fleet.settings().queue.redis_url.is_none() {
            let (fleet, stop) = (fleet.clone(), work.stop.clone());
            work.tasks.spawn(mission_control_gateway::run(fleet.clone(), stop.clone()));
            work.tasks.spawn(async move {
                let settings = fleet.settings().clone();
                mission_control_worker::run(&settings, fleet, stop).await;
            });
        }
        work
    }

    /// Lets jobs finish or hands them back. Called after the server has stopped: its last requests may wait for jobs.
    pub(crate) async fn stop(mut self) {
        self.stop.cancel();
        while let Some(ended) = self.tasks.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "background work ended badly");
            }
        }
    }
}
