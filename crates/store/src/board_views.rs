//! Named ways to look at boards.

use diesel::prelude::*;
use mission_control_core::id::{BoardId, BoardViewId, MemberId};
use mission_control_core::models::{BoardView, BoardViewChanges};
use mission_control_core::schema::board_views;
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::{Conn, MultiBackend};
use crate::error::{StoreError, StoreResult};
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

fn seen_by(boards: &[BoardId], member: MemberId) -> board_views::BoxedQuery<'_, MultiBackend> {
    board_views::table
        .filter(among(board_views::board_id, boards))
        .filter(board_views::member_id.is_null().or(board_views::member_id.eq(member)))
        .into_boxed::<MultiBackend>()
}

/// The views of these boards that a member sees: those that are shared, and the member's own. The oldest come first.
///
/// # Errors
/// The database's.
pub fn list(
    conn: &mut Conn,
    boards: &[BoardId],
    member: MemberId,
    page: Page,
) -> StoreResult<Listing<BoardView>> {
    listing!(
        conn,
        &page,
        seen_by(boards, member),
        (Timestamp, BoardViewId)[asc(board_views::created_at), asc(board_views::id)],
        board_views::all_columns,
        texts ["board_views.filter"]
    )
}

/// How many views of a board are shared, or (with a member) that member's own.
///
/// # Errors
/// The database's.
pub fn count(conn: &mut Conn, board: BoardId, member: Option<MemberId>) -> StoreResult<i64> {
    let of_board = board_views::table.filter(board_views::board_id.eq(board)).into_boxed::<MultiBackend>();
    let counted = match member {
        Some(member) => of_board.filter(board_views::member_id.eq(member)),
        None => of_board.filter(board_views::member_id.is_null()),
    };
    Ok(counted.count().get_result(conn)?)
}

/// Reads a view of a board that a member sees, for an update: until the transaction ends nobody else changes it.
///
/// # Errors
/// The database's.
pub fn lock(
    tx: &mut Tx<'_>,
    board: BoardId,
    member: MemberId,
    id: BoardViewId,
) -> StoreResult<Option<BoardView>> {
    let query = board_views::table.find(id).select(board_views::all_columns);
    let view: Option<BoardView> = match &mut **tx {
        Conn::Pg(pg) => query.for_update().first(pg).optional()?,
        Conn::Sqlite(sqlite) => query.first(sqlite).optional()?,
    };
    let seen = |view: &BoardView| view.board_id == board && view.member_id.is_none_or(|own| own == member);
    Ok(view.filter(seen))
}

/// Adds a view.
///
/// # Errors
/// [`StoreError::ForeignKey`] for a board or member that is not there; the database's.
pub fn insert(tx: &mut Tx<'_>, view: &BoardView) -> StoreResult<()> {
    diesel::insert_into(board_views::table).values(view).execute(&mut **tx)?;
    Ok(())
}

/// Changes a view.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn update(tx: &mut Tx<'_>, id: BoardViewId, changes: &BoardViewChanges) -> StoreResult<BoardView> {
    diesel::update(board_views::table.find(id))
        .set((changes, board_views::updated_at.eq(Timestamp::now())))
        .returning(board_views::all_columns)
        .get_result(&mut **tx)
        .optional()?
        .ok_or(StoreError::NotFound("board view"))
}

/// Deletes a view.
///
/// # Errors
/// [`StoreError::NotFound`]; the database's.
pub fn delete(tx: &mut Tx<'_>, id: BoardViewId) -> StoreResult<()> {
    match diesel::delete(board_views::table.find(id)).execute(&mut **tx)? {
        0 => Err(StoreError::NotFound("board view")),
        _ => Ok(()),
    }
}
