//! What people do with jobs.

use mission_control_core::id::JobId;
use mission_control_core::models::Job;
use mission_control_store::jobs::Cancellation;
use mission_control_store::{StoreError, Tx, jobs};

use super::gave_up;
use crate::error::{FleetError, JobError};
use crate::fleet::{Caller, Fleet};

/// Takes back a job: at once when no worker has it, else its worker is asked to stop it.
///
/// # Errors
/// A job that is not the organization's, or has ended; the database's.
pub async fn cancel(fleet: &Fleet, caller: Caller, id: JobId) -> Result<Job, FleetError> {
    let cancellation = fleet
        .db()
        .write(move |tx| {
            owned(tx, caller, id)?;
            Ok::<_, FleetError>(jobs::cancel(tx, id)?)
        })
        .await?;
    match cancellation {
        Cancellation::Done(job) => {
            // What it worked on ends in a named failure, as if a worker had given it up.
            gave_up(fleet, &job, &JobError::Cancelled.to_string().into()).await?;
            Ok(job)
        }
        Cancellation::Requested(job) => Ok(job),
        Cancellation::TooLate => Err(FleetError::conflict("The job has ended already")),
    }
}

/// Queues a job again that is dead or was cancelled, with fresh attempts.
///
/// # Errors
/// A job that is not the organization's, or is neither dead nor cancelled, or whose place another one has taken; the
/// database's.
pub async fn retry(fleet: &Fleet, caller: Caller, id: JobId) -> Result<Job, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            owned(tx, caller, id)?;
            let queued = jobs::requeue(tx, id).map_err(|error| match error {
                StoreError::Duplicate { .. } => {
                    FleetError::conflict("Another job does the same already; this one is not needed")
                }
                other => other.into(),
            })?;
            queued.ok_or_else(|| {
                FleetError::conflict("Only a job that is dead or was cancelled can be queued again")
            })
        })
        .await
}

fn owned(tx: &mut Tx<'_>, caller: Caller, id: JobId) -> Result<Job, FleetError> {
    jobs::find(tx, id)?
        .filter(|job| job.organization_id == Some(caller.organization))
        .ok_or(FleetError::not_found("Job"))
}
