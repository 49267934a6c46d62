use std::time::Duration;

use mission_control_core::time::Timestamp;
use mission_control_store::leases;

use crate::handler::Handler;
use crate::options::MISSED_ROUNDS;
use crate::schedule;
use crate::worker::Worker;

/// How long the name of a worker that was killed is kept.
const FORGET_AFTER: Duration = Duration::from_secs(24 * 3600);

impl<H: Handler> Worker<H> {
    pub(crate) async fn say_alive(&self) {
        let (name, holder) = (self.lease_name(), self.options.name.clone());
        let alive_for = self.options.sweep_every * MISSED_ROUNDS;
        let long_gone = Timestamp::now().minus(FORGET_AFTER);
        let report = self.db.write(move |tx| {
            leases::delete_expired(tx, leases::WORKER, long_gone)?;
            leases::acquire(tx, &name, &holder, alive_for)
        });
        if let Err(error) = report.await {
            tracing::debug!(%error, "worker not reported as alive");
        }
    }

    pub(crate) async fn say_goodbye(&self) {
        let (name, holder) = (self.lease_name(), self.options.name.clone());
        let goodbye = self.db.write(move |tx| {
            leases::release(tx, &name, &holder)?;
            leases::release(tx, schedule::LEASE, &holder)
        });
        if let Err(error) = goodbye.await {
            tracing::debug!(%error, "worker not reported as gone");
        }
    }

    fn lease_name(&self) -> String {
        format!("{}{}", leases::WORKER, self.options.name)
    }
}
