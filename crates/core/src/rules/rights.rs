//! What somebody is to be able to do on boards, as whoever grants it says.

use std::collections::BTreeMap;

use crate::id::BoardId;

/// What somebody is to be able to do on boards.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rights {
    /// Read every board.
    pub all_boards_read: bool,
    /// Write every board.
    pub all_boards_write: bool,
    /// Rights to single boards, in any order. Of a board named more than once they add up.
    pub boards: Vec<BoardRights>,
}

/// What somebody is to be able to do on one board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardRights {
    /// The board.
    pub board: BoardId,
    /// Read it.
    pub can_read: bool,
    /// Change what is on it; includes reading.
    pub can_write: bool,
}

impl Rights {
    /// Whether every board is open, so that rights to single boards are void.
    pub const fn open_all_boards(&self) -> bool {
        self.all_boards_read || self.all_boards_write
    }

    /// The rights to each board that is named, once, by the board's id.
    pub fn per_board(&self) -> Vec<BoardRights> {
        let mut boards = BTreeMap::new();
        for rights in &self.boards {
            let none = BoardRights { can_read: false, can_write: false, ..*rights };
            let sum = boards.entry(rights.board).or_insert(none);
            sum.can_read |= rights.can_read;
            sum.can_write |= rights.can_write;
        }
        boards.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_to_a_board_that_is_named_more_than_once_add_up() {
        let (board, other) = (BoardId::random(), BoardId::random());
        let rights = |board, can_read, can_write| BoardRights { board, can_read, can_write };
        let boards =
            vec![rights(board, true, false), rights(other, false, false), rights(board, false, true)];
        let mut wanted = vec![rights(board, true, true), rights(other, false, false)];
        wanted.sort_by_key(|rights| rights.board);
        assert_eq!(Rights { boards, ..Rights::default() }.per_board(), wanted);
    }
}
