//! `organization.delete`: removes an organization's agents from their gateways, then the organization with everything of
//! it. A gateway that is gone or refuses does not keep the organization alive; what stays behind there is named in the
//! result.

use mission_control_store::{StoreError, erase, organizations};
use serde_json::Value;

use super::handler::Handler;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::DeleteOrganization;
use crate::provision::remove::{Removal, disconnect, leave_all};
use crate::record;

impl Handler for DeleteOrganization {
    async fn run(self, fleet: &Fleet, job: &Attempt) -> Result<Value, JobError> {
        let id = self.organization;
        let mut removed = Removal::so_far(job);
        let left = leave_all(fleet, job, id, &mut removed).await?;
        let deleted: Result<(), StoreError> = fleet
            .db()
            .write(move |tx| {
                let Some(organization) = organizations::lock(tx, id)? else { return Ok(()) };
                erase::organization(tx, id)?;
                record::organization_deleted(tx, &organization);
                Ok(())
            })
            .await;
        deleted?;
        disconnect(fleet, left);
        Ok(removed.result())
    }
}
