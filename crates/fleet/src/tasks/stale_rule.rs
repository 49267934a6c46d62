//! What becomes of the stale tasks of a board.

use mission_control_core::id::BoardId;
use mission_control_core::models::{Board, BoardStaleRule};
use mission_control_core::time::Timestamp;
use mission_control_shapes::BoardStaleRuleRead;
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_store::tasks::{self, stale};
use mission_control_store::{Conn, StoreError, StoreResult};
use serde_json::{Value, json};

use crate::fleet::Fleet;
use crate::record;

/// The rule of a board.
///
/// # Errors
/// The database's.
pub async fn stale_rule(fleet: &Fleet, board: Board) -> Result<BoardStaleRuleRead, StoreError> {
    fleet.db().read(move |conn| Ok(of_board(conn, board.id)?.into())).await
}

/// Changes the rule of a board. What is marked already goes by the new one.
///
/// # Errors
/// The database's.
pub async fn change_stale_rule(
    fleet: &Fleet,
    board: Board,
    change: impl FnOnce(&mut BoardStaleRule) + Send + 'static,
) -> Result<BoardStaleRuleRead, StoreError> {
    fleet
        .db()
        .write(move |tx| {
            // Of two changes at once, the second one goes on from what the first one left.
            let board = tasks::lock_board(tx, board.id)?.ok_or(StoreError::NotFound("board"))?;
            let mut row = of_board(tx, board.id)?;
            let before = governed(&row);
            change(&mut row);
            row.updated_at = Timestamp::now();
            stale::save_rule(tx, &row)?;
            tx.changed(EventSubject::Board, board.id, before, governed(&row));
            record::board_changed(tx, Event::BoardUpdated, &board);
            Ok(row.into())
        })
        .await
}

pub(super) fn of_board(conn: &mut Conn, board: BoardId) -> StoreResult<BoardStaleRule> {
    Ok(stale::rule(conn, board)?.unwrap_or_else(|| BoardStaleRule::usual(board, Timestamp::from_micros(0))))
}

fn governed(row: &BoardStaleRule) -> Value {
    json!({ "stale_rule": row.rule.as_str(), "stale_after_minutes": row.after_minutes })
}
