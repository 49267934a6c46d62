//! Memory of boards and of groups of boards.

use diesel::prelude::*;
use mission_control_core::id::{BoardGroupId, BoardGroupMemoryId, BoardId, BoardMemoryId};
use mission_control_core::models::{BoardGroupMemory, BoardMemory};
use mission_control_core::schema::{board_group_memory, board_memory};
use mission_control_core::time::Timestamp;

use crate::conn::{Conn, MultiBackend};
use crate::error::StoreResult;
use crate::page::{Listing, Page, listing};
use crate::sql::trim;
use crate::tx::Tx;

/// The memory of a board, or only its chat, or only the rest.
pub(crate) fn of_board(
    board: BoardId,
    is_chat: Option<bool>,
) -> board_memory::BoxedQuery<'static, MultiBackend> {
    let mut query = board_memory::table
        .filter(board_memory::board_id.eq(board))
        // Rows that say nothing were possible once.
        .filter(trim(board_memory::content).ne(""))
        .into_boxed::<MultiBackend>();
    if let Some(is_chat) = is_chat {
        query = query.filter(board_memory::is_chat.eq(is_chat));
    }
    query
}

/// The memory of a board, or only its chat, or only the rest; newest first.
///
/// # Errors
/// The database's.
pub fn list(
    conn: &mut Conn,
    board: BoardId,
    is_chat: Option<bool>,
    page: Page,
) -> StoreResult<Listing<BoardMemory>> {
    listing!(
        conn,
        &page,
        of_board(board, is_chat),
        (Timestamp, BoardMemoryId)[desc(board_memory::created_at), desc(board_memory::id)],
        board_memory::all_columns,
        texts ["board_memory.content", "board_memory.tags"]
    )
}

/// Adds to the memory of a board.
///
/// # Errors
/// [`crate::StoreError::ForeignKey`] when the board is not there; the database's.
pub fn insert(tx: &mut Tx<'_>, memory: &BoardMemory) -> StoreResult<()> {
    diesel::insert_into(board_memory::table).values(memory).execute(&mut **tx)?;
    Ok(())
}

/// The memory of a group, or only its chat, or only the rest.
pub(crate) fn of_group(
    group: BoardGroupId,
    is_chat: Option<bool>,
) -> board_group_memory::BoxedQuery<'static, MultiBackend> {
    let mut query = board_group_memory::table
        .filter(board_group_memory::board_group_id.eq(group))
        .filter(trim(board_group_memory::content).ne(""))
        .into_boxed::<MultiBackend>();
    if let Some(is_chat) = is_chat {
        query = query.filter(board_group_memory::is_chat.eq(is_chat));
    }
    query
}

/// The memory of a group, or only its chat, or only the rest; newest first.
///
/// # Errors
/// The database's.
pub fn list_of_group(
    conn: &mut Conn,
    group: BoardGroupId,
    is_chat: Option<bool>,
    page: Page,
) -> StoreResult<Listing<BoardGroupMemory>> {
    listing!(
        conn,
        &page,
        of_group(group, is_chat),
        (Timestamp, BoardGroupMemoryId)[
            desc(board_group_memory::created_at),
            desc(board_group_memory::id)
        ],
        board_group_memory::all_columns,
        texts ["board_group_memory.content", "board_group_memory.tags"]
    )
}

/// Adds to the memory of a group.
///
/// # Errors
/// [`crate::StoreError::ForeignKey`] when the group is not there; the database's.
pub fn insert_of_group(tx: &mut Tx<'_>, memory: &BoardGroupMemory) -> StoreResult<()> {
    diesel::insert_into(board_group_memory::table).values(memory).execute(&mut **tx)?;
    Ok(())
}
