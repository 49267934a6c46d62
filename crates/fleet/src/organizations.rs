//! Organizations: creating one, working in one, deleting one. Before one is deleted, its agents leave their gateways.

use mission_control_core::id::{OrganizationId, UserId};
use mission_control_core::models::{
    AuditAction, AuditDraft, OrgRole, Organization, OrganizationMember, UserChanges,
};
use mission_control_core::rules::access;
use mission_control_shapes::OrganizationRead;
use mission_control_shapes::events::Event;
use mission_control_store::{StoreError, StoreResult, Tx, jobs, members, organizations, users};

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::kind::Kind;
use crate::jobs::kinds::DeleteOrganization;
use crate::wait::Reply;

/// Creates an organization; `owner` owns it and works in it from then on.
///
/// # Errors
/// A name that is blank, or another organization's; a service account, which owns nothing.
pub async fn create(fleet: &Fleet, owner: UserId, name: &str) -> Result<OrganizationRead, FleetError> {
    let name = name.trim().to_owned();
    if name.is_empty() {
        return Err(FleetError::invalid("An organization needs a name."));
    }
    fleet
        .db()
        .write(move |tx| {
            let user = users::find(tx, owner)?.ok_or(StoreError::NotFound("user"))?;
            if !access::may_have(&OrgRole::Owner, user.is_service_account()) {
                return Err(FleetError::forbidden("A service account owns nothing."));
            }
            organizations::lock_names(tx)?;
            if organizations::find_by_name(tx, &name)?.is_some() {
                return Err(FleetError::conflict("An organization of this name exists already."));
            }
            let organization = Organization::new(name);
            organizations::insert(tx, &organization)?;
            members::insert(tx, &OrganizationMember::new(organization.id, owner, OrgRole::Owner))?;
            work_in(tx, owner, Some(organization.id))?;
            let read = OrganizationRead::from(organization);
            tx.append(Event::OrganizationCreated(read.clone().into()).organization(read.id));
            Ok(read)
        })
        .await
}

/// Has `user` work in another of their organizations.
///
/// # Errors
/// An organization that they are no member of.
pub async fn switch(fleet: &Fleet, user: UserId, id: OrganizationId) -> Result<OrganizationRead, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            members::of_user(tx, id, user)?
                .ok_or_else(|| FleetError::forbidden("You are not a member of it."))?;
            work_in(tx, user, Some(id))?;
            tx.audit(AuditDraft::new(id, AuditAction::Switched).about("user", user));
            let organization = organizations::find(tx, id)?;
            Ok(organization.ok_or(StoreError::NotFound("organization"))?.into())
        })
        .await
}

/// Notes in which organization a person works from now on.
pub(crate) fn work_in(
    tx: &mut Tx<'_>,
    user: UserId,
    organization: Option<OrganizationId>,
) -> StoreResult<()> {
    let changes = UserChanges { active_organization_id: Some(organization), ..UserChanges::default() };
    users::update(tx, user, &changes)?;
    Ok(())
}

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
