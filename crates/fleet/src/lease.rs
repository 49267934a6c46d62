//! The right to do something with a gateway alone, across processes.

use std::pin::pin;
use std::time::Duration;

use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, leases};
use tokio::time::{Instant, sleep};

use crate::fleet::Fleet;

const LOOK_EVERY: Duration = Duration::from_millis(250);

/// A lease that its holder has until it runs out or is given back.
pub(crate) struct Lease {
    name: String,
    holder: String,
}

impl Lease {
    /// Takes the lease `name` for `duration`, or waits for it as long as `patience` allows; nothing when somebody else
    /// still has it then. A `holder` that asks again gets it again.
    pub(crate) async fn take(
        fleet: &Fleet,
        name: String,
        holder: String,
        duration: Duration,
        patience: Duration,
    ) -> Result<Option<Self>, StoreError> {
        let lease = Self { name, holder };
        let deadline = Instant::now() + patience;
        while !lease.keep(fleet, duration).await? {
            if Instant::now() >= deadline {
                return Ok(None);
            }
            sleep(LOOK_EVERY).await;
        }
        Ok(Some(lease))
    }

    /// Takes or prolongs it; false when somebody else has it.
    pub(crate) async fn keep(&self, fleet: &Fleet, duration: Duration) -> Result<bool, StoreError> {
        let (name, holder) = (self.name.clone(), self.holder.clone());
        fleet.db().write(move |tx| leases::acquire(tx, &name, &holder, duration)).await
    }

    /// Does `work` and prolongs the lease meanwhile, by `duration` each time; nothing when somebody else has it at last.
    pub(crate) async fn during<T>(
        &self,
        fleet: &Fleet,
        duration: Duration,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        let mut work = pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return Some(done),
                () = sleep(duration / 3) => {}
            }
            match self.keep(fleet, duration).await {
                Ok(true) => {}
                Ok(false) => return None,
                // Whether somebody took it meanwhile is seen when the database answers again.
                Err(error) => tracing::warn!(lease = self.name, %error, "lease not prolonged"),
            }
        }
    }

    /// Whether anybody has the lease `name`.
    pub(crate) async fn is_taken(fleet: &Fleet, name: String) -> Result<bool, StoreError> {
        let lease = fleet.db().read(move |conn| leases::find(conn, &name)).await?;
        Ok(lease.is_some_and(|lease| lease.expires_at > Timestamp::now()))
    }

    /// Gives it back.
    pub(crate) async fn release(self, fleet: &Fleet) -> Result<(), StoreError> {
        fleet.db().write(move |tx| leases::release(tx, &self.name, &self.holder)).await
    }
}
