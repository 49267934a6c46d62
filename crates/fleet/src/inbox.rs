//! What members have done with in their inbox. The server knows nothing of the items but what clients call them: what waits for
//! somebody is up to what is shown to them.

use mission_control_core::id::MemberId;
use mission_control_core::models::OrganizationMember;
use mission_control_shapes::events::{Event, InboxMarkRead};
use mission_control_store::{StoreError, inbox};

use crate::fleet::Fleet;

/// The items that a member has done with, the latest first.
///
/// # Errors
/// The database's.
pub async fn done(fleet: &Fleet, member: MemberId) -> Result<Vec<String>, StoreError> {
    fleet.db().read(move |conn| inbox::done(conn, member)).await
}

/// Marks items as `done`, and takes the marks of others off. Returns all that are done with; the member's other clients hear of
/// a change.
///
/// # Errors
/// The database's.
pub async fn mark(
    fleet: &Fleet,
    member: OrganizationMember,
    done: Vec<String>,
    not_done: Vec<String>,
) -> Result<Vec<String>, StoreError> {
    let marked = fleet.db().write(move |tx| {
        let changed = inbox::mark(tx, member.id, &done)? + inbox::unmark(tx, member.id, &not_done)?;
        if changed > 0 {
            let event = Event::InboxMarkUpdated(InboxMarkRead { member_id: member.id }.into());
            tx.append(event.organization(member.organization_id));
        }
        inbox::done(tx, member.id)
    });
    marked.await
}
