//! Accounts: changing one's own, and deleting it.

use mission_control_core::id::{OrganizationId, UserId};
use mission_control_core::models::{AuditAction, AuditDraft, OrganizationMember, User, UserChanges};
use mission_control_core::rules::access::{self, Parting};
use mission_control_store::{Conn, StoreError, jobs, members, organizations, users};
use serde_json::json;

use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::jobs::kind::Kind;
use crate::jobs::kinds::DeleteUser;
use crate::wait::Reply;

/// Changes an account; returns it as it is now.
///
/// # Errors
/// A missing account; the database's.
pub async fn update(fleet: &Fleet, user: User, changes: UserChanges) -> Result<User, StoreError> {
    if changes == UserChanges::default() {
        return Ok(user);
    }
    fleet
        .db()
        .write(move |tx| {
            for member in members::all_of_user(tx, user.id)? {
                let entry = AuditDraft::new(member.organization_id, AuditAction::ProfileChanged);
                tx.audit(entry.about("user", user.id));
            }
            users::update(tx, user.id, &changes)
        })
        .await
}

/// Deletes an account and the organizations that nobody else is in.
///
/// # Errors
/// A conflict while the account is the last owner of an organization that others are in; the database's.
pub async fn delete(fleet: &Fleet, id: UserId) -> Result<Reply<()>, FleetError> {
    let job = fleet
        .db()
        .write(move |tx| {
            users::find(tx, id)?.ok_or(FleetError::not_found("User"))?;
            for (member, _) in partings(tx, id)? {
                let entry = AuditDraft::new(member.organization_id, AuditAction::Ordered);
                tx.audit(entry.about("user", id).after(json!({ "ordered": DeleteUser::NAME })));
            }
            Ok::<_, FleetError>(jobs::enqueue(tx, DeleteUser { user: id }.job(None)?)?)
        })
        .await?;
    fleet.reply(job, "Account deletion failed").await
}

/// The account's memberships with what becomes of each organization; none of them is refused.
pub(crate) fn partings(
    conn: &mut Conn,
    id: UserId,
) -> Result<Vec<(OrganizationMember, Parting)>, FleetError> {
    let memberships = members::all_of_user(conn, id)?;
    let ids: Vec<OrganizationId> = memberships.iter().map(|member| member.organization_id).collect();
    let roles = members::roles(conn, &ids)?;
    let mut partings = Vec::new();
    for member in memberships {
        let of_all = roles.get(&member.organization_id).map(Vec::as_slice).unwrap_or_default();
        let parting = access::parting(&member.role, of_all);
        if parting == Parting::Refused {
            let organization = organizations::find(conn, member.organization_id)?;
            let name = organization.map(|organization| organization.name).unwrap_or_default();
            return Err(FleetError::conflict(format!(
                "This account is the last owner of \"{name}\"; make someone else an owner, or delete it, first."
            )));
        }
        partings.push((member, parting));
    }
    Ok(partings)
}
