use std::collections::HashMap;
use std::time::Duration;

use mission_control_core::id::GatewayId;
use mission_control_core::time::Timestamp;
use mission_control_queue::Lane;
use mission_control_store::{StoreError, jobs};
use tokio::time::MissedTickBehavior;

use crate::handler::Handler;
use crate::worker::Worker;

/// Most jobs that one look finds.
const BATCH: i64 = 100;
/// What was due no longer than this is left to the lanes.
const LANES_FIRST: Duration = Duration::from_secs(2);

impl<H: Handler> Worker<H> {
    /// Forever: tells the database that this worker is alive, enqueues periodic jobs, and finds jobs that no lane
    /// delivered.
    pub(crate) async fn sweep_and_report(&self) {
        let mut rounds = tokio::time::interval(self.options.sweep_every);
        rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            rounds.tick().await;
            self.say_alive().await;
            self.handler.round_begins();
            if let Err(error) = self.run_schedules().await {
                tracing::warn!(%error, "schedules not looked at");
            }
            if let Err(error) = self.sweep().await {
                tracing::warn!(%error, "jobs not swept");
            }
        }
    }

    /// The jobs go into this worker's own lane: each worker that has time sweeps for itself, and the leases see to it
    /// that nobody does another's work. A gateway with a long backlog does not hide the jobs of others.
    async fn sweep(&self) -> Result<(), StoreError> {
        let before = Timestamp::now().minus(LANES_FIRST.min(self.options.sweep_every));
        for lane in [Lane::Interactive, Lane::Bulk] {
            let mut passed_over = self.gateways.full(lane);
            loop {
                let except = passed_over.clone();
                let due = self.db.read(move |conn| jobs::due(conn, lane, before, &except, BATCH)).await?;
                let is_all = i64::try_from(due.len()).unwrap_or(0) < BATCH;
                let mut of_gateway: HashMap<GatewayId, usize> = HashMap::new();
                for job in due {
                    let share = job.gateway_id.map(|gateway| of_gateway.entry(gateway).or_default());
                    if share.is_none_or(|share| {
                        *share += 1;
                        *share <= self.options.per_gateway
                    }) {
                        tracing::debug!(job_id = %job.id, "job swept");
                        self.queue.offer(job.lane, job.id);
                    }
                }
                let seen = passed_over.len();
                passed_over.extend(of_gateway.into_keys());
                if is_all || passed_over.len() == seen {
                    break;
                }
            }
        }
        Ok(())
    }
}
