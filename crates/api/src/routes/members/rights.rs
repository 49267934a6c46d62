//! Roles and rights as requests name them, and the role of who asks.

use std::collections::BTreeMap;

use mission_control_core::id::{BoardId, OrganizationId};
use mission_control_core::models::OrgRole;
use mission_control_core::rules::access;
use mission_control_store::{Conn, Tx, boards, members, organizations};

use crate::auth::OrgAdmin;
use crate::error::{ApiError, ApiResult};
use crate::input::Fault;

crate::input! {
    /// What somebody may do on one board.
    pub struct OrganizationBoardAccessSpec {
        /// The board.
        pub board_id: BoardId,
        /// May read the board.
        pub can_read: bool = true,
        /// May change the board; includes reading.
        pub can_write: bool = false,
    }
}

/// A role from a request.
pub(crate) fn role(text: &str) -> ApiResult<OrgRole> {
    access::parse_role(text).map_err(|_| {
        ApiError::invalid(vec![Fault::of_field("role", "enum", "Expected owner, admin or member.")])
    })
}

/// The rights per board: (read, write). Every board must be the organization's.
pub(crate) fn rights(
    conn: &mut Conn,
    organization: OrganizationId,
    specs: &[OrganizationBoardAccessSpec],
) -> ApiResult<BTreeMap<BoardId, (bool, bool)>> {
    let mut rights = BTreeMap::new();
    for spec in specs {
        let (reads, writes) = rights.entry(spec.board_id).or_insert((false, false));
        *reads |= spec.can_read;
        *writes |= spec.can_write;
    }
    let ids: Vec<BoardId> = rights.keys().copied().collect();
    let existing = boards::existing(conn, organization, &ids)?;
    match ids.iter().find(|id| !existing.contains(id)) {
        Some(id) => Err(ApiError::unprocessable(format!("The organization has no board {id}."))),
        None => Ok(rights),
    }
}

/// The caller's role now. Until the transaction ends nobody else changes roles in the organization.
pub(crate) fn acting_role(tx: &mut Tx<'_>, admin: &OrgAdmin) -> ApiResult<OrgRole> {
    let caller = &admin.0.member;
    organizations::lock(tx, caller.organization_id)?;
    let now = members::find(tx, caller.organization_id, caller.id)?;
    now.map(|member| member.role)
        .filter(access::is_admin)
        .ok_or_else(|| ApiError::forbidden("Only organization owners and admins can do this."))
}
