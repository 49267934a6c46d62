//! `maintenance.backup`: takes a backup by schedule, and makes room for the next one.

use serde_json::{Value, json};

use super::handler::Handler;
use crate::backup::{self, BackupError, Destination, Keys};
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::BackUp;

impl Handler for BackUp {
    async fn run(self, fleet: &Fleet, _attempt: &Attempt) -> Result<Value, JobError> {
        let settings = fleet.settings();
        let (directory, keep) = (settings.backup.dir.clone(), settings.backup.keep);
        let taken = backup::take(settings, &Destination::Shelf(directory.clone()), Keys::Included).await;
        let taken = taken.map_err(failed)?;
        tracing::info!(path = %taken.path.display(), bytes = taken.bytes, "backup taken");
        // Only now: the one that was just looked at is there.
        let removed = mission_control_store::blocking(move || backup::prune(&directory, keep)).await;
        Ok(json!({
            "path": taken.path,
            "bytes": taken.bytes,
            "removed": removed.map_err(failed)?,
        }))
    }
}

/// What is wrong with a disk or a directory may pass.
fn failed(error: BackupError) -> JobError {
    match error {
        BackupError::NotSqlite(_) => JobError::Fatal(error.to_string().into()),
        other => JobError::Retry(other.to_string().into()),
    }
}
