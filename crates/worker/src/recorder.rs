use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use mission_control_core::id::{GatewayId, JobId};
use mission_control_core::models::Job;
use mission_control_core::reason::Reason;
use mission_control_core::time::Timestamp;
use mission_control_store::{Db, StoreError, Tx, circuits, jobs};
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

/// Most outcomes written in one transaction.
const BATCH: usize = 64;

/// What is written into the job's row.
#[derive(Debug, Clone)]
pub(crate) enum Record {
    Success(Value),
    Retry {
        at: Timestamp,
        why: Reason,
    },
    /// The gateway is away, which is no fault of the job.
    GatewayAway {
        at: Timestamp,
        why: Reason,
    },
    Death(Reason),
    Postponement {
        until: Timestamp,
        reason: String,
    },
    Cancellation,
}

/// Writes the outcomes of jobs. Those that come while the database is busy with others share the next transaction, so
/// that a hurry of small jobs costs few commits.
#[derive(Clone)]
pub(crate) struct Recorder(mpsc::Sender<Entry>);

#[derive(Clone)]
struct Outcome {
    job: JobId,
    attempt: i32,
    gateway: Option<GatewayId>,
    record: Record,
}

struct Entry {
    outcome: Outcome,
    answer: oneshot::Sender<Result<bool, StoreError>>,
}

impl Recorder {
    /// Starts the task that writes; it ends when the last clone is gone.
    pub(crate) fn start(db: Db) -> Recorder {
        let (sender, mut entries) = mpsc::channel::<Entry>(BATCH);
        tokio::spawn(async move {
            let mut batch = Vec::with_capacity(BATCH);
            while entries.recv_many(&mut batch, BATCH).await > 0 {
                write_batch(&db, std::mem::take(&mut batch)).await;
            }
        });
        Recorder(sender)
    }

    /// Writes the outcome of this attempt. `false` means that another worker has the job.
    ///
    /// # Errors
    /// The database's, after some patience.
    pub(crate) async fn record(&self, job: &Job, record: Record) -> Result<bool, StoreError> {
        let outcome = Outcome { job: job.id, attempt: job.attempts, gateway: job.gateway_id, record };
        let (answer, written) = oneshot::channel();
        let ended = || StoreError::Unavailable("the worker stopped".to_owned());
        self.0.send(Entry { outcome, answer }).await.map_err(|_| ended())?;
        written.await.map_err(|_| ended())?
    }
}

async fn write_batch(db: &Db, batch: Vec<Entry>) {
    let (outcomes, answers): (Vec<_>, Vec<_>) =
        batch.into_iter().map(|entry| (entry.outcome, entry.answer)).unzip();
    // Nobody listens any more when the worker was told to drop the job.
    match write_patiently(db, outcomes.clone()).await {
        Ok(written) => {
            for (answer, written) in answers.into_iter().zip(written) {
                let _ = answer.send(Ok(written));
            }
        }
        Err(error) if outcomes.len() == 1 => {
            for answer in answers {
                let _ = answer.send(Err(StoreError::Unavailable(error.to_string())));
            }
        }
        // Whatever is wrong with one of them is not to be the others' undoing.
        Err(_) => {
            for (outcome, answer) in outcomes.into_iter().zip(answers) {
                let written = write_patiently(db, vec![outcome]).await;
                let _ = answer.send(written.map(|written| written == [true]));
            }
        }
    }
}

/// A database that is away for a moment does not undo the work.
async fn write_patiently(db: &Db, outcomes: Vec<Outcome>) -> Result<Vec<bool>, StoreError> {
    let write = || {
        let outcomes = outcomes.clone();
        db.write(move |tx| outcomes.into_iter().map(|outcome| outcome.write(tx)).collect())
    };
    let pauses = ExponentialBuilder::default()
        .with_jitter()
        .with_min_delay(Duration::from_millis(200))
        .with_max_delay(Duration::from_secs(5))
        .with_max_times(5);
    write.retry(pauses).when(StoreError::is_transient).await
}

impl Outcome {
    fn write(self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        let Self { job, attempt, gateway, record } = self;
        match record {
            Record::Success(result) => {
                let written = jobs::complete(tx, job, attempt, Some(result))?;
                if let Some(gateway) = gateway {
                    circuits::close(tx, gateway)?;
                }
                Ok(written)
            }
            Record::Retry { at, why } => jobs::retry_at(tx, job, attempt, at, &why),
            Record::GatewayAway { at, why } => {
                let written = jobs::excuse(tx, job, attempt, at, &why)?;
                if let Some(gateway) = gateway
                    && let Some(pause) = circuits::fail(tx, gateway, &why)?
                {
                    tracing::warn!(gateway_id = %gateway, delay_seconds = pause.as_secs_f32(), error = %why, "circuit open");
                }
                Ok(written)
            }
            Record::Death(why) => jobs::bury(tx, job, attempt, &why),
            Record::Postponement { until, reason } => jobs::postpone(tx, job, attempt, until, &reason),
            Record::Cancellation => jobs::cancelled(tx, job, attempt),
        }
    }
}
