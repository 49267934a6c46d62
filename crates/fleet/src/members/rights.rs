//! The role of who asks, and the boards that rights are granted to.

use mission_control_core::id::{BoardId, OrganizationId};
use mission_control_core::models::{OrgRole, User};
use mission_control_core::rules::access;
use mission_control_core::rules::rights::{BoardRights, Rights};
use mission_control_store::{Conn, Tx, boards, members, organizations};

use crate::error::FleetError;
use crate::fleet::Caller;

/// The caller's role now. Until the transaction ends nobody else changes roles in the organization.
///
/// # Errors
/// A caller who is no admin of it, or not any more; the database's.
pub(crate) fn acting_role(tx: &mut Tx<'_>, caller: Caller) -> Result<OrgRole, FleetError> {
    organizations::lock(tx, caller.organization)?;
    let member = match caller.user {
        Some(user) => members::of_user(tx, caller.organization, user)?,
        None => None,
    };
    member
        .map(|member| member.role)
        .filter(access::is_admin)
        .ok_or_else(|| FleetError::forbidden("Only organization owners and admins can do this."))
}

/// Refuses a role that the account may not have.
///
/// # Errors
/// A service account that would be an owner.
pub(crate) fn may_have(role: &OrgRole, user: &User) -> Result<(), FleetError> {
    match access::may_have(role, user.is_service_account()) {
        true => Ok(()),
        false => Err(FleetError::invalid_field("role", "A service account owns nothing: admin or member.")),
    }
}

/// The rights to single boards: none where every board is open. Whatever is named has to be the organization's.
///
/// # Errors
/// A board that the organization does not have; the database's.
pub(crate) fn rights_per_board(
    conn: &mut Conn,
    organization: OrganizationId,
    wanted: &Rights,
) -> Result<Vec<BoardRights>, FleetError> {
    let rights = wanted.per_board();
    let ids: Vec<BoardId> = rights.iter().map(|rights| rights.board).collect();
    let existing = boards::existing(conn, organization, &ids)?;
    match ids.iter().find(|id| !existing.contains(id)) {
        Some(id) => Err(FleetError::invalid(format!("The organization has no board {id}."))),
        None if wanted.open_all_boards() => Ok(Vec::new()),
        None => Ok(rights),
    }
}
