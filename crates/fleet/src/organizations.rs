//! Deleting an organization: its agents leave their gateways first.

use mission_control_store::{jobs, organizations};

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::payload::DeleteOrganization;
use crate::jobs::task::Task;
use crate::wait::Reply;

/// Deletes the caller's organization with everything of it. Gateways that cannot be reached do not hold it up.
///
/// # Errors
/// A missing organization; the database's.
pub async fn delete(fleet: &Fleet, caller: Caller) -> Result<Reply<()>, FleetError> {
    let id = caller.organization;
    let job = fleet
        .db()
        .write(move |tx| {
            organizations::find(tx, id)?.ok_or(FleetError::not_found("Organization"))?;
            let mut job = Task::DeleteOrganization(DeleteOrganization { organization: id }).job(id);
            job.dedupe_key = Some(format!("organization.delete:{id}"));
            Ok::<_, FleetError>(jobs::enqueue(tx, job)?)
        })
        .await?;
    fleet.reply(job, "Organization deletion failed").await
}
