//! Memory of boards and of groups of boards.

use diesel::prelude::*;
use mission_control_core::id::{BoardGroupId, BoardGroupMemoryId, BoardId, BoardMemoryId};
use mission_control_core::models::{BoardGroupMemory, BoardMemory};
use mission_control_core::rules::search::Sought;
use mission_control_core::schema::{board_group_memory, board_memory};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::{Conn, MultiBackend};
use crate::error::StoreResult;
use crate::page::{Listing, Page, listing};
use crate::sql::{like_literally, lower, trim};
use crate::tx::Tx;

/// Which entries of a memory are wanted; without any restriction, all.
#[derive(Debug, Clone, Default)]
pub struct MemoryFilter {
    /// Only the chat, or only the rest.
    pub is_chat: Option<bool>,
    /// Only those with these words in them, in any order and case.
    pub words: Option<Sought>,
}

impl MemoryFilter {
    /// What each of the words has to be like.
    fn patterns(&self) -> impl Iterator<Item = String> {
        self.words.iter().flat_map(Sought::words).map(|word| format!("%{}%", like_literally(word)))
    }
}

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

/// What is wanted of the memory of a board, newest first.
///
/// # Errors
/// The database's.
pub fn list(
    conn: &mut Conn,
    board: BoardId,
    filter: &MemoryFilter,
    page: Page,
) -> StoreResult<Listing<BoardMemory>> {
    let shown = || {
        filter.patterns().fold(of_board(board, filter.is_chat), |query, pattern| {
            query.filter(lower(board_memory::content).like(pattern).escape('\\'))
        })
    };
    listing!(
        conn,
        &page,
        shown(),
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

/// What is wanted of the memory of a group, newest first.
///
/// # Errors
/// The database's.
pub fn list_of_group(
    conn: &mut Conn,
    group: BoardGroupId,
    filter: &MemoryFilter,
    page: Page,
) -> StoreResult<Listing<BoardGroupMemory>> {
    let shown = || {
        filter.patterns().fold(of_group(group, filter.is_chat), |query, pattern| {
            query.filter(lower(board_group_memory::content).like(pattern).escape('\\'))
        })
    };
    listing!(
        conn,
        &page,
        shown(),
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

/// Deletes what was said before `before` in chats of boards and groups, at most `limit` of each, and returns how many.
///
/// # Errors
/// The database's.
pub fn trim_chat(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> StoreResult<usize> {
    trim_old(tx, before, limit, true)
}

/// Deletes what boards and groups remember from before `before`, chats aside, at most `limit` of each, and returns how many.
///
/// # Errors
/// The database's.
pub fn trim_rest(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> StoreResult<usize> {
    trim_old(tx, before, limit, false)
}

fn trim_old(tx: &mut Tx<'_>, before: Timestamp, limit: i64, is_chat: bool) -> StoreResult<usize> {
    let of_boards: Vec<BoardMemoryId> = board_memory::table
        .filter(board_memory::created_at.lt(before))
        .filter(board_memory::is_chat.eq(is_chat))
        .limit(limit)
        .select(board_memory::id)
        .load(&mut **tx)?;
    let of_groups: Vec<BoardGroupMemoryId> = board_group_memory::table
        .filter(board_group_memory::created_at.lt(before))
        .filter(board_group_memory::is_chat.eq(is_chat))
        .limit(limit)
        .select(board_group_memory::id)
        .load(&mut **tx)?;
    let deleted =
        diesel::delete(board_memory::table.filter(among(board_memory::id, &of_boards))).execute(&mut **tx)?;
    let of_groups = board_group_memory::table.filter(among(board_group_memory::id, &of_groups));
    Ok(deleted + diesel::delete(of_groups).execute(&mut **tx)?)
}
