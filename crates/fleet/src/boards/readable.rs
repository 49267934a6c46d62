//! The boards that a member sees.

use mission_control_core::id::BoardId;
use mission_control_core::rules::access;
use mission_control_core::rules::seat::Seat;
use mission_control_store::{Conn, StoreError, members};

/// The boards that a member may see; `None` for all of the organization.
///
/// # Errors
/// The database's.
pub fn readable(conn: &mut Conn, member: &Seat) -> Result<Option<Vec<BoardId>>, StoreError> {
    if access::reads_all_boards(member) {
        return Ok(None);
    }
    let grants = members::grants(conn, member)?.into_iter();
    let open = grants.filter(|grant| grant.can_read || grant.can_write);
    Ok(Some(open.map(|grant| grant.board_id).collect()))
}
