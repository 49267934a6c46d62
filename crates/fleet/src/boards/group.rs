//! The groups that a caller may put boards into, and take them out of.

use mission_control_core::id::BoardGroupId;
use mission_control_core::models::OrganizationMember;
use mission_control_core::rules::access;
use mission_control_store::{Conn, StoreError, board_groups, members};

use crate::error::FleetError;
use crate::fleet::Caller;

/// The membership of the person on whose behalf something is done; `None` for the product itself.
pub(super) fn acting_member(
    conn: &mut Conn,
    caller: Caller,
) -> Result<Option<OrganizationMember>, FleetError> {
    let Some(user) = caller.user else { return Ok(None) };
    let member: Result<_, StoreError> = members::of_user(conn, caller.organization, user);
    let gone = || FleetError::Forbidden { message: "You are no member of this organization.".to_owned() };
    member?.map(Some).ok_or_else(gone)
}

/// The group is the organization's, and the caller may write to it.
///
/// # Errors
/// A group of another organization, or of none; one that is not the caller's to write to; the database's.
pub(super) fn require_writable(conn: &mut Conn, caller: Caller, id: BoardGroupId) -> Result<(), FleetError> {
    let group = board_groups::find(conn, id)?;
    if group.is_none_or(|group| group.organization_id != caller.organization) {
        return Err(FleetError::invalid("board_group_id is invalid"));
    }
    let Some(member) = acting_member(conn, caller)? else { return Ok(()) };
    let grants = members::access(conn, member.id)?;
    let writable = |board| grants.iter().any(|grant| grant.board_id == board && grant.can_write);
    let boards: Vec<bool> = board_groups::board_ids(conn, id)?.into_iter().map(writable).collect();
    if access::may_write_group(&member, &boards) {
        return Ok(());
    }
    let message = "A board joins and leaves only groups that you may write to.".to_owned();
    Err(FleetError::Forbidden { message })
}
