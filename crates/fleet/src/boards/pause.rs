//! Pausing and resuming the agents of a board: what `/pause` and `/resume` in its chat mean.

use mission_control_core::models::{Agent, Board, BoardChanges};
use mission_control_core::rules::chat::Command;
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_store::{StoreError, Tx, agents, boards};

use crate::agents::pause::settle;
use crate::record;

/// Pauses or resumes the agents of a board. Agents that were paused one by one before stay so.
pub(crate) fn command(tx: &mut Tx<'_>, board: &Board, command: Command) -> Result<(), StoreError> {
    let Some(board) = boards::lock(tx, board.id)? else { return Ok(()) };
    let (paused_at, changed): (_, Vec<Agent>) = match (command, board.paused_at) {
        (Command::Pause, None) => {
            let now = Timestamp::now();
            (Some(now), agents::pause_board(tx, board.id, now)?)
        }
        (Command::Resume, Some(since)) => (None, agents::resume_board(tx, board.id, since)?),
        _ => return Ok(()),
    };
    let changes = BoardChanges { paused_at: Some(paused_at), ..BoardChanges::default() };
    let was = record::governed_board(&board);
    let board = boards::update(tx, board.id, &changes)?;
    tx.changed(EventSubject::Board, board.id, was, record::governed_board(&board));
    record::board_changed(tx, Event::BoardUpdated, &board);
    settle(tx, board.organization_id, &changed)
}
