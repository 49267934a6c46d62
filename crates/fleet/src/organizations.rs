//! Deleting an organization: its agents leave their gateways first.

use mission_control_store::{jobs, organizations};

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::kind::Kind;
use crate::jobs::kinds::DeleteOrganization;
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
            Ok::<_, FleetError>(jobs::enqueue(tx, DeleteOrganization { organization: id }.job(id)?)?)
        })
        .await?;
    fleet.reply(job, "Organization deletion failed").await
}
