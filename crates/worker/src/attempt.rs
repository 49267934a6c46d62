use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use mission_control_core::id::AuditActorId;
use mission_control_core::models::{ActorKind, Job};
use mission_control_core::time::Timestamp;
use mission_control_process::traces;
use mission_control_store::jobs::Renewal;
use mission_control_store::request::{self, Actor, Origin};
use mission_control_store::{StoreError, jobs};
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use crate::backoff::retry_delay;
use crate::handler::{Attempt, Handler, JobError};
use crate::recorder::Record;
use crate::worker::Worker;

/// How long a gateway may be away before a job that nobody waits for is given up.
const PATIENCE: Duration = Duration::from_secs(3 * 24 * 3600);

/// How an attempt ended.
enum Outcome {
    Done(Value),
    Failed(JobError),
    /// The lease could not be kept: the job is somebody else's, or free again.
    Lost,
    /// The worker has to stop now.
    HandedBack,
}

impl<H: Handler> Worker<H> {
    /// Runs a leased job, on behalf of the request that caused it, and writes down how it ended.
    pub(crate) async fn attempt(&self, job: &Job) -> Result<(), StoreError> {
        // Of the highest level: whatever is logged at all says to what it belongs.
        let span = tracing::error_span!(
            "attempt",
            job_id = %job.id,
            job_kind = job.kind,
            attempt = job.attempts,
            agent_id = job.agent_id.map(tracing::field::display),
            board_id = job.board_id.map(tracing::field::display),
            gateway_id = job.gateway_id.map(tracing::field::display),
            organization_id = job.organization_id.map(tracing::field::display),
            request_id = job.request_id,
        );
        let origin = Origin::of(job.request_id.clone());
        let work = async {
            request::acting(Actor {
                kind: ActorKind::Job,
                id: Some(AuditActorId::from_uuid(job.id.uuid())),
                name: Some(job.kind.clone()),
                organization: job.organization_id,
                ..Actor::SYSTEM
            });
            self.run_once(job).await
        };
        let trace = span.in_scope(|| traces::of_job(job));
        request::scope(origin, work.instrument(trace)).instrument(span).await
    }

    async fn run_once(&self, job: &Job) -> Result<(), StoreError> {
        let started = Instant::now();
        let outcome = self.outcome_of(job).await;
        let elapsed_ms = started.elapsed().as_millis() as u64;
        let record = match outcome {
            Outcome::Done(result) => {
                tracing::info!(elapsed_ms, "job succeeded");
                Record::Success(result)
            }
            Outcome::Failed(JobError::Later { reason, after }) => {
                tracing::info!(elapsed_ms, reason, delay_seconds = after.as_secs_f32(), "job postponed");
                Record::Postponement { until: Timestamp::now().plus(after), reason }
            }
            Outcome::Failed(JobError::GatewayAway(why))
                if Timestamp::now().since(job.created_at) < PATIENCE =>
            {
                let delay = retry_delay(job.attempts, self.options.retry_base, self.options.retry_max);
                tracing::warn!(elapsed_ms, error = %why, delay_seconds = delay.as_secs_f32(), "gateway away");
                Record::GatewayAway { at: Timestamp::now().plus(delay), why }
            }
            Outcome::Failed(JobError::Retry(why)) if job.attempts < job.max_attempts => {
                let delay = retry_delay(job.attempts, self.options.retry_base, self.options.retry_max);
                tracing::warn!(elapsed_ms, error = %why, delay_seconds = delay.as_secs_f32(), "job failed");
                Record::Retry { at: Timestamp::now().plus(delay), why }
            }
            Outcome::Failed(JobError::Retry(why) | JobError::Fatal(why) | JobError::GatewayAway(why)) => {
                tracing::error!(elapsed_ms, error = %why, "job is dead");
                if self.renew(job).await? == Renewal::Lost {
                    return Ok(());
                }
                self.handler.gave_up(job, &why).await;
                Record::Death(why)
            }
            Outcome::Failed(JobError::Cancelled) => {
                tracing::info!(elapsed_ms, "job cancelled");
                if self.renew(job).await? == Renewal::Lost {
                    return Ok(());
                }
                self.handler.gave_up(job, &JobError::Cancelled.to_string().into()).await;
                Record::Cancellation
            }
            Outcome::HandedBack => {
                tracing::info!(elapsed_ms, "job handed back");
                Record::Postponement { until: Timestamp::now(), reason: "the worker stopped".to_owned() }
            }
            Outcome::Lost => {
                tracing::warn!(elapsed_ms, "lease lost, attempt abandoned");
                return Ok(());
            }
        };
        if !self.recorder.record(job, record).await? {
            tracing::warn!("another worker had taken over, outcome not recorded");
        }
        Ok(())
    }

    async fn outcome_of(&self, job: &Job) -> Outcome {
        if job.cancel_requested_at.is_some() {
            return Outcome::Failed(JobError::Cancelled);
        }
        if job.deaths >= self.options.max_deaths {
            let message = format!("{} attempts ended without an answer: their workers died", job.deaths);
            return Outcome::Failed(JobError::Fatal(message.into()));
        }
        let cancel = self.running.begin(job.id);
        let attempt = Attempt::new(self.db.clone(), job.clone(), cancel.token.clone());
        let running = AssertUnwindSafe(self.handler.run(&attempt)).catch_unwind();
        let outcome = tokio::select! {
            ended = running => match ended {
                Ok(Ok(result)) => Outcome::Done(result),
                Ok(Err(error)) => Outcome::Failed(error),
                Err(panic) => Outcome::Failed(JobError::Retry(text_of(&*panic).into())),
            },
            () = self.keep_lease(job, &cancel.token) => Outcome::Lost,
            () = self.hand_back.cancelled() => Outcome::HandedBack,
            () = self.lose_patience(&cancel.token) => Outcome::Failed(JobError::Cancelled),
        };
        match outcome {
            // Whatever the handler makes of it: the job was to be stopped, and it did not come to its end.
            Outcome::Failed(_) if cancel.token.is_cancelled() => Outcome::Failed(JobError::Cancelled),
            other => other,
        }
    }

    /// Returns when the lease is lost. A database that does not answer is no loss yet: whether somebody took over is
    /// seen when the outcome is recorded.
    async fn keep_lease(&self, job: &Job, cancel: &CancellationToken) {
        loop {
            tokio::time::sleep(self.options.lease / 3).await;
            match self.renew(job).await {
                Ok(Renewal::Kept) => {}
                Ok(Renewal::CancelRequested) => cancel.cancel(),
                Ok(Renewal::Lost) => return,
                Err(error) => tracing::warn!(%error, "lease not renewed"),
            }
        }
    }

    /// Returns when a handler that was asked to stop has had its time for that.
    async fn lose_patience(&self, cancel: &CancellationToken) {
        cancel.cancelled().await;
        tokio::time::sleep(self.options.cancel_grace).await;
    }

    async fn renew(&self, job: &Job) -> Result<Renewal, StoreError> {
        let (id, attempt, lease) = (job.id, job.attempts, self.options.lease);
        self.db.write(move |tx| jobs::renew(tx, id, attempt, lease)).await
    }
}

fn text_of(panic: &(dyn Any + Send)) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned());
    format!("the handler panicked: {text}")
}
