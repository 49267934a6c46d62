//! Who is meant in a comment.

use mission_control_core::models::Board;
use mission_control_core::rules::mentions::{self, Mentions};
use mission_control_store::{Conn, StoreResult, agents, members};

/// The agents of the board and the people who work on it, as far as they are mentioned.
pub(super) fn mentioned(conn: &mut Conn, board: &Board, text: &str) -> StoreResult<Mentions> {
    if !mentions::may_mention(text) {
        return Ok(Mentions::default());
    }
    let agents = agents::of_board(conn, board.id)?;
    Ok(mentions::of(text, &agents, &members::people_of(conn, board)?))
}
