//! What a committed transaction tells the other processes.

use serde::{Deserialize, Serialize};

use crate::id::JobId;
use crate::models::Lane;
use crate::time::Timestamp;

/// "Look now": a hint that follows a commit. The database stays the truth, so a lost wake-up costs time and
/// nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Wakeup {
    /// A job may be taken from `lane` at `run_at`.
    JobQueued {
        /// The job to look at.
        id: JobId,
        /// The lane whose workers take it.
        lane: Lane,
        /// Not before this time.
        run_at: Timestamp,
    },
    /// A job reached a final state (succeeded, dead or cancelled).
    JobFinished {
        /// The finished job.
        id: JobId,
    },
    /// Somebody wants a running job stopped.
    JobCancelRequested {
        /// The job to stop.
        id: JobId,
    },
    /// What programs write to their logs is another.
    LogLevels,
    /// The event log has an entry with this sequence number.
    Event {
        /// Sequence number of the newest entry of the transaction.
        seq: i64,
    },
}
