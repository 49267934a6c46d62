//! Those who have things of which there is a maximum.

use diesel::prelude::*;
use mission_control_core::id::{BoardId, MemberId, OrganizationId, UserId};
use mission_control_core::schema::{boards, organization_members, organizations, users};

use crate::conn::Conn;
use crate::error::StoreResult;
use crate::tx::Tx;

/// Whose things are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// An organization.
    Organization(OrganizationId),
    /// A member of one.
    Member(MemberId),
    /// A person.
    User(UserId),
    /// A board.
    Board(BoardId),
}

/// Until the transaction ends nobody else locks the owner: of several who count under this lock what it has, each sees what
/// the one before has added.
///
/// Who only refers to the owner does not wait, so that this lock is in the way of nothing else.
///
/// # Errors
/// The database's.
pub fn lock(tx: &mut Tx<'_>, owner: Owner) -> StoreResult<()> {
    // On SQLite a transaction that writes is alone.
    let Conn::Pg(pg) = &mut **tx else { return Ok(()) };
    macro_rules! lock {
        ($table:ident, $id:expr) => {
            $table::table.find($id).select($table::id).for_no_key_update().execute(pg)?
        };
    }
    match owner {
        Owner::Organization(id) => lock!(organizations, id),
        Owner::Member(id) => lock!(organization_members, id),
        Owner::User(id) => lock!(users, id),
        Owner::Board(id) => lock!(boards, id),
    };
    Ok(())
}
