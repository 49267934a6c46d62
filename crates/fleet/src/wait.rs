//! Waiting for a job, so that callers get the answer of the work and not of its booking.

use std::time::Duration;

use mission_control_core::id::JobId;
use mission_control_core::models::{Job, JobState};
use mission_control_core::reason::Reason;
use mission_control_queue::Wakeup;
use mission_control_store::{StoreError, jobs};
use serde_json::Value;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout};

use crate::error::FleetError;
use crate::fleet::Fleet;

/// A wake-up may be lost: look at the row at least this often while somebody waits.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How a job stood when the waiting ended.
#[derive(Debug, Clone, PartialEq)]
pub enum JobOutcome {
    /// It finished, with this result.
    Done(Value),
    /// It failed; at its first attempt, even when it goes on trying.
    Failed(JobFailure),
    /// The wait is over, the job is not.
    StillRunning,
}

/// Why a job failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobFailure {
    /// What went wrong, and what to do about it.
    pub reason: Reason,
    /// The job will be tried again by itself.
    pub retrying: bool,
}

/// The answer of a use-case that works through a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply<T> {
    /// It is done.
    Done(T),
    /// The worker is slow or away; the job goes on by itself.
    Accepted {
        /// How things stand now.
        value: T,
        /// The job to look at.
        job: JobId,
    },
}

impl<T> Reply<T> {
    /// The value, done or not.
    pub fn into_value(self) -> T {
        match self {
            Self::Done(value) | Self::Accepted { value, .. } => value,
        }
    }

    /// The value, done or not, to be changed.
    pub const fn value_mut(&mut self) -> &mut T {
        match self {
            Self::Done(value) | Self::Accepted { value, .. } => value,
        }
    }

    /// The job that is still running.
    pub const fn job(&self) -> Option<JobId> {
        match self {
            Self::Done(_) => None,
            Self::Accepted { job, .. } => Some(*job),
        }
    }

    /// The same reply with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reply<U> {
        match self {
            Self::Done(value) => Reply::Done(change(value)),
            Self::Accepted { value, job } => Reply::Accepted { value: change(value), job },
        }
    }
}

impl JobFailure {
    fn of(job: &Job, retrying: bool) -> Self {
        Self { reason: job.failure().unwrap_or_else(|| "the job failed".into()), retrying }
    }
}

impl Fleet {
    /// Waits up to `patience` for a job to finish or to fail for the first time.
    ///
    /// # Errors
    /// The database's; a missing job.
    pub async fn wait_job(&self, id: JobId, patience: Duration) -> Result<JobOutcome, FleetError> {
        let mut wakes = self.queue().subscribe();
        let deadline = Instant::now() + patience;
        loop {
            let job = self.db().read(move |conn| jobs::find(conn, id)).await?;
            let job = job.ok_or(FleetError::Store(StoreError::NotFound("job")))?;
            if let Some(outcome) = settled(job) {
                return Ok(outcome);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(JobOutcome::StillRunning);
            }
            let news = async {
                loop {
                    match wakes.recv().await {
                        Ok(Wakeup::JobFinished { id: other }) if other != id => {}
                        Ok(Wakeup::JobCancelRequested { .. }) => {}
                        Ok(Wakeup::JobQueued { id: other, .. }) if other != id => {}
                        Ok(Wakeup::Event { seq }) if seq != 0 => {}
                        Err(RecvError::Closed) => std::future::pending().await,
                        Ok(_) | Err(RecvError::Lagged(_)) => return,
                    }
                }
            };
            // Both ends of this mean the same: look again.
            let _ = timeout(left.min(LOOK_EVERY), news).await;
        }
    }

    /// The result of a job that a request waits for: nothing while it still runs.
    ///
    /// # Errors
    /// The job's failure, said to be one of the gateway, which is where jobs fail; the database's.
    pub(crate) async fn settle(&self, id: JobId, what: &str) -> Result<Option<Value>, FleetError> {
        match self.wait_job(id, self.settings().gateway.provision_wait).await? {
            JobOutcome::Done(result) => Ok(Some(result)),
            JobOutcome::StillRunning => Ok(None),
            JobOutcome::Failed(JobFailure { reason: Reason { cause, remedy }, retrying }) => {
                let more = if retrying { " It will be tried again." } else { "" };
                let message = format!("{what}: {}.{more}", cause.trim_end_matches('.'));
                Err(FleetError::Gateway { message, remedy })
            }
        }
    }

    /// The same as the reply of a use-case that has nothing more to say.
    pub(crate) async fn reply(&self, id: JobId, what: &str) -> Result<Reply<()>, FleetError> {
        Ok(match self.settle(id, what).await? {
            Some(_) => Reply::Done(()),
            None => Reply::Accepted { value: (), job: id },
        })
    }
}

fn settled(job: Job) -> Option<JobOutcome> {
    match job.state {
        JobState::Succeeded => Some(JobOutcome::Done(job.result.unwrap_or(Value::Null))),
        JobState::Dead | JobState::Cancelled => Some(JobOutcome::Failed(JobFailure::of(&job, false))),
        JobState::Queued if job.last_error.is_some() => Some(JobOutcome::Failed(JobFailure::of(&job, true))),
        JobState::Queued | JobState::Running | JobState::Foreign(_) => None,
    }
}
