//! The boards that a field is bound to.

use mission_control_core::id::{BoardId, CustomFieldId, OrganizationId};
use mission_control_core::limits::BOARDS;
use mission_control_core::rules::seat::Seat;
use mission_control_store::{Conn, StoreError, Tx, boards, custom_fields};

use super::error::CustomFieldError;
use crate::boards::readable;

/// The boards that are a member's to bind a field to; what is hidden from the member is not there.
pub(super) struct Bindable {
    organization: OrganizationId,
    /// `None` is every board of the organization.
    open: Option<Vec<BoardId>>,
}

impl Bindable {
    pub(super) fn of(conn: &mut Conn, member: &Seat) -> Result<Self, StoreError> {
        Ok(Self { organization: member.organization_id, open: readable(conn, member)? })
    }

    pub(super) fn is_hidden(&self, board: BoardId) -> bool {
        self.open.as_ref().is_some_and(|open| !open.contains(&board))
    }

    /// Refuses boards that are not there for the member.
    pub(super) fn check(&self, conn: &mut Conn, ids: &[BoardId]) -> Result<(), CustomFieldError> {
        let existing = boards::existing(conn, self.organization, ids)?;
        let missing = |id: &BoardId| !existing.contains(id) || self.is_hidden(*id);
        let unknown: Vec<BoardId> = ids.iter().copied().filter(missing).collect();
        if unknown.is_empty() { Ok(()) } else { Err(CustomFieldError::UnknownBoards(unknown)) }
    }
}

/// Gives the field to exactly these boards, unless one of them has as many as it may. The organization is locked.
pub(super) fn bind(tx: &mut Tx<'_>, id: CustomFieldId, boards: &[BoardId]) -> Result<(), CustomFieldError> {
    if boards.len() > BOARDS {
        return Err(CustomFieldError::TooManyBoards);
    }
    let full = custom_fields::bind(tx, id, boards)?;
    if full.is_empty() { Ok(()) } else { Err(CustomFieldError::FullBoards(full)) }
}
