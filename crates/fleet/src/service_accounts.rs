//! Service accounts: members that are programs. Roles, grants and removal are those of every member; nobody signs in as one.

use mission_control_core::models::{OrgRole, OrganizationBoardAccess, OrganizationMember, User};
use mission_control_core::rules::access;
use mission_control_core::rules::rights::Rights;
use mission_control_shapes::OrganizationMemberRead;
use mission_control_shapes::events::Event;
use mission_control_store::{members, users};

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::members::{acting_role, may_have, rights_per_board};
use crate::record;

/// Makes a service account with this role and these rights.
///
/// # Errors
/// A name that is blank; an owner's role, or one above the caller's; a board that the organization does not have.
pub async fn create(
    fleet: &Fleet,
    caller: Caller,
    name: &str,
    role: OrgRole,
    rights: Rights,
) -> Result<OrganizationMemberRead, FleetError> {
    let name = name.trim().to_owned();
    if name.is_empty() {
        return Err(FleetError::invalid_field("name", "A service account needs a name."));
    }
    let user = User::service_account(name);
    may_have(&role, &user)?;
    fleet
        .db()
        .write(move |tx| {
            if !access::may_grant(&acting_role(tx, caller)?, &role) {
                return Err(FleetError::forbidden("Nobody can grant a role above their own."));
            }
            let user = users::get_or_insert(tx, &user)?;
            let member = OrganizationMember {
                all_boards_read: rights.all_boards_read,
                all_boards_write: rights.all_boards_write,
                ..OrganizationMember::new(caller.organization, user.id, role)
            };
            let grants: Vec<_> = rights_per_board(tx, caller.organization, &rights)?
                .into_iter()
                .map(|on| OrganizationBoardAccess::new(member.id, on.board, on.can_read, on.can_write))
                .collect();
            members::insert(tx, &member)?;
            members::replace_access(tx, member.id, &grants)?;
            let read = OrganizationMemberRead::new((member, user)).with(grants);
            record::member_changed(tx, Event::MemberCreated, &read);
            Ok(read)
        })
        .await
}
