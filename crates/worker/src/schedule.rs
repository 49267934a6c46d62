use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, leases, schedules};

use crate::handler::Handler;
use crate::options::MISSED_ROUNDS;
use crate::worker::Worker;

/// Whoever holds this lease enqueues what is due.
pub(crate) const LEASE: &str = "scheduler";

impl<H: Handler> Worker<H> {
    /// Enqueues the periodic jobs that are due, if this worker is the one that looks after them.
    pub(crate) async fn run_schedules(&self) -> Result<(), StoreError> {
        let (holder, held_for) = (self.options.name.clone(), self.options.sweep_every * MISSED_ROUNDS);
        let schedules = self.handler.schedules();
        if schedules.is_empty() {
            return Ok(());
        }
        let enqueued = self
            .db
            .write(move |tx| {
                if !leases::acquire(tx, LEASE, &holder, held_for)? {
                    return Ok(Vec::new());
                }
                let now = Timestamp::now();
                let mut enqueued = Vec::new();
                for schedule in schedules {
                    let job = (schedule.job)()?;
                    let id = schedules::run_if_due(tx, schedule.name, &schedule.cron, now, job)?;
                    enqueued.extend(id.map(|id| (schedule.name, id)));
                }
                Ok::<_, StoreError>(enqueued)
            })
            .await?;
        for (schedule, job) in enqueued {
            tracing::info!(schedule, job_id = %job, "schedule is due");
        }
        Ok(())
    }
}
