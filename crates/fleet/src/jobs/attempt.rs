//! An attempt at a job, as its handler sees it.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use mission_control_core::models::Job;
use mission_control_store::{Db, StoreError, jobs};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::error::{FleetError, JobError};

/// Shortest time between two notes that say the same with another figure.
const PAUSE: Duration = Duration::from_secs(1);

/// Where a job that is not finished keeps what it has done, in its result.
const SO_FAR: &str = "so_far";

/// A job that is being run: the row as it was leased, and the way to tell people about it and to hear from them.
#[derive(Clone)]
pub struct Attempt {
    db: Db,
    job: Job,
    cancel: CancellationToken,
    /// What was said last of its progress, and when.
    said: Arc<Mutex<Option<(Instant, String)>>>,
}

impl Attempt {
    /// An attempt at `job`, which is to come to an end when `cancel` is cancelled.
    pub fn new(db: Db, job: Job, cancel: CancellationToken) -> Self {
        Self { db, job, cancel, said: Arc::default() }
    }

    /// Says how far the work is, for people who watch: percent, and what is being done. Figures alone are noted once a
    /// second. A failure to say so is no failure of the work.
    pub async fn progress(&self, percent: i32, message: impl Into<String>) {
        let message = message.into();
        if !self.is_news(&message) {
            return;
        }
        let (id, attempt) = (self.job.id, self.job.attempts);
        let noted = self.db.write(move |tx| jobs::progress(tx, id, attempt, percent, &message));
        if let Err(error) = noted.await {
            tracing::debug!(job_id = %id, %error, "progress not written down");
        }
    }

    /// What an earlier attempt had done: its last [`checkpoint`](Self::checkpoint).
    pub(crate) fn left<T: DeserializeOwned>(&self) -> Option<T> {
        let left = self.job.result.as_ref()?.get(SO_FAR)?;
        serde_json::from_value(left.clone()).ok()
    }

    /// Notes that `done` of `all` parts are done, with `so_far` for the next attempt.
    ///
    /// # Errors
    /// The database's. That another worker has taken the job over is seen when it is finished.
    pub(crate) async fn checkpoint(
        &self,
        done: usize,
        all: usize,
        message: String,
        so_far: &impl Serialize,
    ) -> Result<(), FleetError> {
        let percent = i32::try_from(done * 100 / all.max(1)).unwrap_or(100);
        let so_far = serde_json::to_value(so_far).map_err(|error| FleetError::Internal(error.to_string()))?;
        let (id, attempt) = (self.job.id, self.job.attempts);
        let noted: Result<bool, StoreError> = self
            .db
            .write(move |tx| jobs::checkpoint(tx, id, attempt, percent, &message, json!({ SO_FAR: so_far })))
            .await;
        Ok(noted.map(drop)?)
    }

    fn is_news(&self, message: &str) -> bool {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let is_news = said.as_ref().is_none_or(|(at, before)| before != message || at.elapsed() >= PAUSE);
        if is_news {
            *said = Some((Instant::now(), message.to_owned()));
        }
        is_news
    }

    /// To be asked between steps: goes on unless somebody wants the job stopped.
    ///
    /// # Errors
    /// [`JobError::Cancelled`], to be passed on. A handler that takes no notice is dropped after a while.
    pub fn go_on(&self) -> Result<(), JobError> {
        if self.cancel.is_cancelled() { Err(JobError::Cancelled) } else { Ok(()) }
    }

    /// Returns when somebody wants the job stopped; for handlers that wait for something.
    pub async fn cancelled(&self) {
        self.cancel.cancelled().await;
    }
}

impl Deref for Attempt {
    type Target = Job;

    fn deref(&self) -> &Job {
        &self.job
    }
}
