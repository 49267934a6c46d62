//! The right to be the one link of a deployment.

use std::time::Duration;

use mission_control_process::unique_name;
use mission_control_store::{Db, StoreError, leases};
use tokio::time::Instant;

/// This process's claim to the lease.
pub(crate) struct Claim {
    db: Db,
    holder: String,
    duration: Duration,
    /// Until when the lease is ours, as far as this process can tell without the database.
    until: Instant,
    renewed: Instant,
}

impl Claim {
    pub(crate) fn new(db: Db, duration: Duration) -> Self {
        let now = Instant::now();
        Self { db, holder: unique_name(), duration, until: now, renewed: now }
    }

    pub(crate) fn holder(&self) -> &str {
        &self.holder
    }

    /// How often to renew the lease, or to look whether it is free.
    pub(crate) fn pace(&self) -> Duration {
        self.duration / 3
    }

    /// Takes or renews the lease. False while another process has it.
    pub(crate) async fn take(&mut self) -> Result<bool, StoreError> {
        let (holder, duration, asked) = (self.holder.clone(), self.duration, Instant::now());
        let taken = self.db.write(move |tx| leases::acquire(tx, leases::LINK, &holder, duration)).await?;
        if taken {
            (self.until, self.renewed) = (asked + duration, asked);
        }
        Ok(taken)
    }

    /// Renews the lease when it is time to. False when it is no longer ours; a database that is away costs it only
    /// when the lease has run out meanwhile.
    pub(crate) async fn keep(&mut self) -> bool {
        if self.renewed.elapsed() < self.pace() {
            return true;
        }
        match self.take().await {
            Ok(kept) => kept,
            Err(error) => {
                tracing::warn!(%error, "gateway link lease not renewed");
                Instant::now() < self.until
            }
        }
    }

    /// Gives the lease back, so that the next process need not wait for its end.
    pub(crate) async fn release(&self) {
        let holder = self.holder.clone();
        if let Err(error) = self.db.write(move |tx| leases::release(tx, leases::LINK, &holder)).await {
            tracing::debug!(%error, "gateway link lease not given back");
        }
    }
}
