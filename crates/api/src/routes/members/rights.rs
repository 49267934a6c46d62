//! Roles and rights as requests name them.

use mission_control_core::id::BoardId;
use mission_control_core::models::OrgRole;
use mission_control_core::rules::access;
use mission_control_core::rules::rights::BoardRights;

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

impl From<OrganizationBoardAccessSpec> for BoardRights {
    fn from(spec: OrganizationBoardAccessSpec) -> Self {
        Self { board: spec.board_id, can_read: spec.can_read, can_write: spec.can_write }
    }
}

/// A role from a request.
pub(crate) fn role(text: &str) -> ApiResult<OrgRole> {
    access::parse_role(text).map_err(|_| {
        ApiError::invalid(vec![Fault::of_field("role", "enum", "Expected owner, admin or member.")])
    })
}
