//! What a member may see or change of what agents do: as of the board that the agent works on. What is no board's is for
//! admins.

use mission_control_core::id::{BoardId, OrganizationId};
use mission_control_core::rules::access;
use mission_control_store::{Conn, StoreResult, boards, members};

use super::OrgMember;

/// What a member may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Right {
    /// Nothing: it does not exist for them.
    Nothing,
    /// See it.
    See,
    /// See and change it.
    Change,
}

impl OrgMember {
    /// What the person may do with the work of an agent of this board, in an organization of theirs.
    ///
    /// # Errors
    /// The database's.
    pub(crate) fn right_to_work(
        &self,
        conn: &mut Conn,
        organization: OrganizationId,
        board: Option<BoardId>,
    ) -> StoreResult<Right> {
        let Some(caller) = self.clone().in_organization(conn, organization)? else {
            return Ok(Right::Nothing);
        };
        let found = match board {
            Some(id) => boards::find(conn, id)?,
            None => None,
        };
        let Some(board) = found else {
            let admin = access::is_admin(&caller.member.role);
            return Ok(if admin { Right::Change } else { Right::Nothing });
        };
        let grant = members::grant_on(conn, &caller.member, board.id)?;
        Ok(match () {
            () if access::may_write_board(&caller.member, &board, grant.as_ref()) => Right::Change,
            () if access::may_read_board(&caller.member, &board, grant.as_ref()) => Right::See,
            () => Right::Nothing,
        })
    }
}
