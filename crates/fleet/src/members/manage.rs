//! Changing what members are and may do, and removing them.

use mission_control_core::id::MemberId;
use mission_control_core::models::{
    MemberChanges, OrgRole, OrganizationBoardAccess, OrganizationMember, User,
};
use mission_control_core::rules::access;
use mission_control_core::rules::rights::Rights;
use mission_control_shapes::OrganizationMemberRead;
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_store::{StoreError, StoreResult, Tx, members, users};
use serde_json::{Value, json};

use super::invites::withdraw;
use super::{acting_role, may_have, rights_per_board};
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::organizations::work_in;
use crate::record;
use crate::tasks::release;

/// Gives a member a role, or leaves it with none given. Invitations that the member could not make any more are withdrawn.
///
/// # Errors
/// A missing member; one whom the caller may not change; a role above the caller's; an organization that would be left
/// without an owner.
pub async fn set_role(
    fleet: &Fleet,
    caller: Caller,
    id: MemberId,
    role: Option<OrgRole>,
) -> Result<OrganizationMemberRead, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            let (member, user, own) = managed(tx, caller, id)?;
            if let Some(role) = &role {
                if !access::may_grant(&own, role) {
                    return Err(FleetError::forbidden("Nobody can grant a role above their own."));
                }
                may_have(role, &user)?;
                keep_an_owner(tx, &member, Some(role))?;
            }
            Ok(give_role(tx, &member, user, role)?)
        })
        .await
}

/// Gives a member a role, if one is given. That this may be is seen to before.
pub(crate) fn give_role(
    tx: &mut Tx<'_>,
    member: &OrganizationMember,
    user: User,
    role: Option<OrgRole>,
) -> StoreResult<OrganizationMemberRead> {
    let changes = MemberChanges { role, ..MemberChanges::default() };
    let was = json!({ "role": member.role.as_str() });
    let member = members::update(tx, member.id, &changes)?;
    tx.changed(EventSubject::Member, member.id, was, json!({ "role": member.role.as_str() }));
    withdraw(tx, &member, Some(&member.role))?;
    Ok(changed(tx, member, user))
}

/// Gives a member these rights to boards, instead of those that were granted before. On boards that are lost by it the member's
/// tasks become nobody's.
///
/// # Errors
/// A missing member; one whom the caller may not change; a board that the organization does not have.
pub async fn set_rights(
    fleet: &Fleet,
    caller: Caller,
    id: MemberId,
    wanted: Rights,
) -> Result<OrganizationMemberRead, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            let (member, user, _) = managed(tx, caller, id)?;
            let grants: Vec<_> = rights_per_board(tx, member.organization_id, &wanted)?
                .into_iter()
                .map(|on| OrganizationBoardAccess::new(member.id, on.board, on.can_read, on.can_write))
                .collect();
            let was = rights(&member, &members::access(tx, member.id)?);
            members::replace_access(tx, member.id, &grants)?;
            let changes = MemberChanges {
                all_boards_read: Some(wanted.all_boards_read),
                all_boards_write: Some(wanted.all_boards_write),
                ..MemberChanges::default()
            };
            let member = members::update(tx, member.id, &changes)?;
            tx.changed(EventSubject::Member, member.id, was, rights(&member, &grants));
            release(tx, member.organization_id, member.user_id, caller.user)?;
            Ok::<_, FleetError>(changed(tx, member, user))
        })
        .await
}

/// Removes a member, who works in another of their organizations from then on. Their invitations are withdrawn, and their tasks
/// become nobody's.
///
/// # Errors
/// The caller themselves; a missing member; one whom the caller may not remove; an organization that would be left
/// without an owner.
pub async fn remove(fleet: &Fleet, caller: Caller, id: MemberId) -> Result<(), FleetError> {
    fleet
        .db()
        .write(move |tx| {
            let (member, user, _) = managed(tx, caller, id)?;
            if caller.user == Some(user.id) {
                return Err(FleetError::forbidden("Nobody can remove themselves from an organization."));
            }
            keep_an_owner(tx, &member, None)?;
            members::delete(tx, member.id)?;
            release(tx, member.organization_id, member.user_id, caller.user)?;
            withdraw(tx, &member, None)?;
            // Read again, for the person may have switched meanwhile.
            let works_in = users::lock(tx, user.id)?.and_then(|user| user.active_organization_id);
            if works_in == Some(member.organization_id) {
                let next = members::first_of_user(tx, user.id)?;
                work_in(tx, user.id, next.map(|member| member.organization_id))?;
            }
            let left = OrganizationMemberRead::new((member, user));
            record::member_changed(tx, Event::MemberDeleted, &left);
            Ok(())
        })
        .await
}

/// A member whom the caller may change, and the caller's role.
fn managed(
    tx: &mut Tx<'_>,
    caller: Caller,
    id: MemberId,
) -> Result<(OrganizationMember, User, OrgRole), FleetError> {
    let own = acting_role(tx, caller)?;
    let found = members::find_with_user(tx, caller.organization, id)?;
    let (member, user) = found.ok_or(StoreError::NotFound("member"))?;
    if access::may_manage(&own, &member.role) {
        Ok((member, user, own))
    } else {
        Err(FleetError::forbidden("Only an owner can change or remove an owner."))
    }
}

/// Refuses what would leave the organization without an owner.
fn keep_an_owner(
    tx: &mut Tx<'_>,
    member: &OrganizationMember,
    then: Option<&OrgRole>,
) -> Result<(), FleetError> {
    let owners = members::owners(tx, member.organization_id)?;
    match access::keeps_an_owner(owners, &member.role, then) {
        true => Ok(()),
        false => Err(FleetError::LastOwner),
    }
}

/// What a member may see and change, for the audit.
fn rights(member: &OrganizationMember, grants: &[OrganizationBoardAccess]) -> Value {
    let mut grants: Vec<_> = grants
        .iter()
        .map(|on| json!({ "board_id": on.board_id, "can_read": on.can_read, "can_write": on.can_write }))
        .collect();
    grants.sort_by_key(Value::to_string);
    json!({
        "all_boards_read": member.all_boards_read,
        "all_boards_write": member.all_boards_write,
        "board_access": grants,
    })
}

fn changed(tx: &mut Tx<'_>, member: OrganizationMember, user: User) -> OrganizationMemberRead {
    let read = OrganizationMemberRead::new((member, user));
    record::member_changed(tx, Event::MemberUpdated, &read);
    read
}
