//! `gateway.reconcile`: brings the agents of a gateway to what they shall be; `fleet.reconcile`: has all gateways looked
//! at.

use std::time::Duration;

use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, agent_counts, gateways};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::booking;
use crate::jobs::kinds::{Reconcile, ReconcileAll};
use crate::lease::Lease;
use crate::reach::Trouble;
use crate::reconcile;

/// Longer than a look takes, if its worker lives.
const LEASE: Duration = Duration::from_secs(180);
/// When to ask again while somebody else looks.
const OCCUPIED: Duration = Duration::from_secs(10);

/// How long the daily figures of agents are kept.
const COUNTS_KEPT_FOR: Duration = Duration::from_secs(400 * 86_400);

impl Handler for Reconcile {
    async fn run(self, fleet: &Fleet, job: &Attempt) -> Result<Value, JobError> {
        let id = self.gateway;
        let gateway = fleet.db().read(move |conn| gateways::find(conn, id)).await?;
        let Some(gateway) = gateway else { return Ok(json!({ "skipped": "the gateway is gone" })) };
        let name = format!("gateway-reconcile:{id}");
        // The job's id as the holder: whoever takes it over from a worker that died goes on at once.
        let lease = Lease::take(fleet, name, job.id.to_string(), LEASE, Duration::ZERO).await?;
        let Some(lease) = lease else {
            let reason = "another process looks at this gateway".to_owned();
            return Err(JobError::Later { reason, after: OCCUPIED });
        };
        let outcome = reconcile::run(fleet, &gateway).await;
        lease.release(fleet).await?;
        let report = outcome.map_err(Trouble::retry)?;
        serde_json::to_value(report).map_err(|error| JobError::Fatal(error.to_string().into()))
    }
}

impl Handler for ReconcileAll {
    /// Every gateway, one job each; also forgets figures that nobody looks at any more.
    async fn run(self, fleet: &Fleet, _: &Attempt) -> Result<Value, JobError> {
        let asked: Result<usize, StoreError> = fleet
            .db()
            .write(|tx| {
                agent_counts::trim(tx, Timestamp::now().minus(COUNTS_KEPT_FOR))?;
                let gateways = gateways::all(tx)?;
                for gateway in &gateways {
                    booking::ask_to_reconcile(tx, gateway.id)?;
                }
                Ok(gateways.len())
            })
            .await;
        Ok(json!({ "gateways": asked? }))
    }
}
