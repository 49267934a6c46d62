//! `user.delete`: deletes an account, with the organizations that nobody else is in; their agents leave their gateways
//! first, as for `organization.delete`.

use mission_control_core::rules::access::Parting;
use mission_control_shapes::OrganizationMemberRead;
use mission_control_shapes::events::Event;
use mission_control_store::{StoreError, erase, members, organizations, users};
use serde_json::Value;

use super::handler::Handler;
use crate::error::{FleetError, JobError};
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::DeleteUser;
use crate::provision::remove::{Removal, disconnect, leave_all};
use crate::record;
use crate::tasks::release;
use crate::users::partings;

impl Handler for DeleteUser {
    async fn run(self, fleet: &Fleet, job: &Attempt) -> Result<Value, JobError> {
        let id = self.user;
        let memberships = fleet.db().read(move |conn| partings(conn, id)).await.map_err(fatal)?;
        let (mut left, mut removed) = (Vec::new(), Removal::so_far(job));
        for (member, _) in memberships.iter().filter(|(_, parting)| *parting == Parting::Dissolves) {
            left.push((
                member.organization_id,
                leave_all(fleet, job, member.organization_id, &mut removed).await?,
            ));
        }
        let prepared: Vec<_> = left.iter().map(|(organization, _)| *organization).collect();
        fleet
            .db()
            .write(move |tx| {
                let Some(user) = users::lock(tx, id)? else { return Ok(()) };
                // Everybody's membership stays as it is until this is through.
                for (member, _) in &memberships {
                    organizations::lock(tx, member.organization_id)?;
                }
                for (member, parting) in partings(tx, id)? {
                    let Some(organization) = organizations::find(tx, member.organization_id)? else {
                        continue;
                    };
                    match parting {
                        Parting::Dissolves if prepared.contains(&organization.id) => {
                            erase::organization(tx, organization.id)?;
                            record::organization_deleted(tx, &organization);
                        }
                        Parting::Dissolves => {
                            return Err(FleetError::conflict("The account's memberships changed meanwhile."));
                        }
                        _ => {
                            members::delete(tx, member.id)?;
                            release(tx, member.organization_id, id, None)?;
                            let left = OrganizationMemberRead::new((member, user.clone()));
                            record::member_changed(tx, Event::MemberDeleted, &left);
                        }
                    }
                }
                erase::user(tx, id)?;
                Ok(())
            })
            .await
            .map_err(fatal)?;
        left.into_iter().for_each(|(_, gateways)| disconnect(fleet, gateways));
        Ok(removed.result())
    }
}

/// A database in trouble is worth another attempt, a person's objection is not.
fn fatal(error: FleetError) -> JobError {
    match error {
        FleetError::Store(StoreError::NotFound(_)) => JobError::Fatal(error.detail().into()),
        FleetError::Store(error) => error.into(),
        other => JobError::Fatal(other.detail().into()),
    }
}
