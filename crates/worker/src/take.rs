use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use mission_control_core::id::{GatewayId, JobId};
use mission_control_core::models::Job;
use mission_control_core::time::Timestamp;
use mission_control_queue::{Lane, Message};
use mission_control_store::{StoreError, Tx, circuits, jobs};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::gateways::{Gateways, Place};
use crate::handler::Handler;
use crate::worker::Worker;

/// Most jobs leased in one transaction.
const BATCH: usize = 32;
/// How long a job may try a gateway whose circuit is open before another one may.
const PROBE: Duration = Duration::from_secs(60);

impl<H: Handler> Worker<H> {
    /// Runs up to `places` jobs of `lanes` at the same time until `shutdown`, then waits for those under way.
    pub(crate) async fn take(
        self: Arc<Self>,
        lanes: &'static [Lane],
        places: usize,
        shutdown: CancellationToken,
    ) {
        let places = Arc::new(Semaphore::new(places));
        let mut running = JoinSet::new();
        while let Some(free) = shutdown.run_until_cancelled(some_of(&places)).await {
            let receiving = self.queue.receive_many(lanes, self.options.lease, free.len());
            let Some(messages) = shutdown.run_until_cancelled(receiving).await else { break };
            for (message, job, place, permit) in self.lease(messages, free).await {
                let worker = Arc::clone(&self);
                running.spawn(async move {
                    worker.deliver(&message, job, place).await;
                    drop(permit);
                });
            }
            while running.try_join_next().is_some() {}
        }
        while running.join_next().await.is_some() {}
    }

    /// Leases what may be run of the jobs of these messages, and takes the other messages off their lanes.
    async fn lease(
        &self,
        messages: Vec<Message>,
        mut permits: Vec<OwnedSemaphorePermit>,
    ) -> Vec<(Message, Job, Place, OwnedSemaphorePermit)> {
        let ids: Vec<JobId> = messages.iter().map(|message| message.job).collect();
        let (name, lease, gateways) =
            (self.options.name.clone(), self.options.lease, Arc::clone(&self.gateways));
        let leased = self.db.write(move |tx| lease_admitted(tx, &ids, &name, lease, &gateways)).await;
        let mut leased = match leased {
            Ok(leased) => leased,
            Err(error) => {
                // The messages come again, by then to a database that answers.
                tracing::warn!(%error, jobs = messages.len(), "jobs not leased");
                tokio::time::sleep(self.options.sweep_every.min(Duration::from_secs(1))).await;
                return Vec::new();
            }
        };
        let mut taken = Vec::new();
        for message in messages {
            let job = leased.iter().position(|(job, _)| job.id == message.job);
            match (job, permits.pop()) {
                (Some(index), Some(permit)) => {
                    let (job, place) = leased.swap_remove(index);
                    taken.push((message, job, place, permit));
                }
                // Finished, cancelled, somebody else's, held back, or not due yet: its row will be seen to by others, by
                // this worker when its gateway has a place, or by the sweep.
                _ => self.queue.done(&message).await,
            }
        }
        taken
    }

    /// Runs a leased job and takes its message off the lane once its outcome is written.
    async fn deliver(&self, message: &Message, job: Job, place: Place) {
        let gateway = job.gateway_id;
        // Handlers' panics are failures of their jobs; any other must not cost us the place.
        match AssertUnwindSafe(self.attempt(&job)).catch_unwind().await {
            Ok(Ok(())) => self.queue.done(message).await,
            // The message comes again, by then to a database that answers.
            Ok(Err(error)) => tracing::warn!(job_id = %job.id, %error, "job left as it is"),
            Err(_) => tracing::error!(job_id = %job.id, "job dropped by a panic, its lease will run out"),
        }
        drop(place);
        if let Some(gateway) = gateway
            && let Err(error) = self.look_for_held(gateway).await
        {
            tracing::debug!(gateway_id = %gateway, %error, "held jobs not looked for, the sweep will find them");
        }
    }

    /// Now that a gateway has a free place: its next jobs, if some were turned away.
    async fn look_for_held(&self, gateway: GatewayId) -> Result<(), StoreError> {
        let wanted = self.gateways.wanted(gateway);
        for (lane, room) in wanted {
            let limit = i64::try_from(room).unwrap_or(i64::MAX);
            let next = self.db.read(move |conn| jobs::due_of(conn, gateway, lane, limit)).await?;
            if next.len() == room {
                self.gateways.hold(gateway);
            }
            for job in next {
                self.queue.offer(job.lane, job.id);
            }
        }
        Ok(())
    }
}

/// At least one free place, and as many more as there are.
async fn some_of(places: &Arc<Semaphore>) -> Vec<OwnedSemaphorePermit> {
    let Ok(first) = Arc::clone(places).acquire_owned().await else { return Vec::new() };
    let more = std::iter::from_fn(|| Arc::clone(places).try_acquire_owned().ok());
    std::iter::once(first).chain(more).take(BATCH).collect()
}

/// Leases those of `ids` that are free, whose gateway has a place here, and whose gateway's circuit lets them.
fn lease_admitted(
    tx: &mut Tx<'_>,
    ids: &[JobId],
    worker: &str,
    duration: Duration,
    gateways: &Arc<Gateways>,
) -> Result<Vec<(Job, Place)>, StoreError> {
    let candidates = jobs::candidates(tx, ids)?;
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let mut places = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let Some(place) = gateways.enter(candidate.gateway_id, candidate.lane) else { continue };
        match (candidate.gateway_id, candidate.open_until) {
            (Some(gateway), Some(_))
                if candidate.lane == Lane::Bulk
                    && !circuits::probe(tx, gateway, Timestamp::now().plus(PROBE))? =>
            {
                gateways.hold(gateway);
            }
            _ => places.push((candidate.id, place)),
        }
    }
    let admitted: Vec<JobId> = places.iter().map(|(id, _)| *id).collect();
    let mut leased = Vec::with_capacity(places.len());
    for job in jobs::lease(tx, &admitted, worker, duration)? {
        if let Some(index) = places.iter().position(|(id, _)| *id == job.id) {
            leased.push((job, places.swap_remove(index).1));
        }
    }
    Ok(leased)
}
