//! How long nothing has happened on boards.

use std::collections::HashMap;

use diesel::dsl::max;
use diesel::prelude::*;
use mission_control_core::id::BoardId;
use mission_control_core::models::{Board, TaskStatus};
use mission_control_core::schema::{approvals, board_memory, board_webhook_payloads as payloads, tasks};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::Conn;
use crate::error::StoreResult;

/// When something last happened on each of `boards`: a task changed, somebody wrote in the chat, an approval was asked
/// for or decided, a webhook was called; `None` while a task is in progress that no person has. What agents note by themselves does not
/// count.
///
/// # Errors
/// The database's.
pub fn last_work(conn: &mut Conn, boards: &[Board]) -> StoreResult<HashMap<BoardId, Option<Timestamp>>> {
    let ids: Vec<BoardId> = boards.iter().map(|board| board.id).collect();
    let mut last: HashMap<BoardId, Timestamp> =
        boards.iter().map(|board| (board.id, board.created_at)).collect();
    let tasks: Vec<(Option<BoardId>, Option<Timestamp>)> = tasks::table
        .filter(among(tasks::board_id, &ids))
        .group_by(tasks::board_id)
        .select((tasks::board_id, max(tasks::updated_at)))
        .load(conn)?;
    let chats: Vec<(BoardId, Option<Timestamp>)> = board_memory::table
        .filter(among(board_memory::board_id, &ids))
        .filter(board_memory::is_chat.eq(true))
        .group_by(board_memory::board_id)
        .select((board_memory::board_id, max(board_memory::created_at)))
        .load(conn)?;
    let approvals: Vec<(BoardId, Option<Timestamp>, Option<Timestamp>)> = approvals::table
        .filter(among(approvals::board_id, &ids))
        .group_by(approvals::board_id)
        .select((approvals::board_id, max(approvals::created_at), max(approvals::resolved_at)))
        .load(conn)?;
    let posted: Vec<(BoardId, Option<Timestamp>)> = payloads::table
        .filter(among(payloads::board_id, &ids))
        .group_by(payloads::board_id)
        .select((payloads::board_id, max(payloads::received_at)))
        .load(conn)?;
    let tasks = tasks.into_iter().filter_map(|(board, at)| Some((board?, at?)));
    let chats = chats.into_iter().chain(posted).filter_map(|(board, at)| Some((board, at?)));
    let approvals =
        approvals.into_iter().filter_map(|(board, asked, decided)| Some((board, asked.max(decided)?)));
    for (board, at) in tasks.chain(chats).chain(approvals) {
        last.entry(board).and_modify(|known| *known = at.max(*known));
    }
    let busy: Vec<Option<BoardId>> = tasks::table
        .filter(among(tasks::board_id, &ids))
        .filter(tasks::status.eq(TaskStatus::InProgress))
        .filter(tasks::assigned_user_id.is_null())
        .select(tasks::board_id)
        .distinct()
        .load(conn)?;
    Ok(last.into_iter().map(|(board, at)| (board, (!busy.contains(&Some(board))).then_some(at))).collect())
}
