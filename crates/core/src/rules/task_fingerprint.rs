//! What tells whether two tasks of a board say the same.

use sha2::{Digest, Sha256};

use crate::id::BoardId;

/// SHA-256 (hex) of board, title and description. Case and surrounding blanks do not count, and no description is an
/// empty one.
pub fn of(board: BoardId, title: &str, description: Option<&str>) -> String {
    let said = |text: &str| text.trim().to_lowercase();
    let seed = format!("{board}::{}::{}", said(title), said(description.unwrap_or_default()));
    hex::encode(Sha256::digest(seed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_that_say_the_same_on_the_same_board_have_the_same_fingerprint() {
        let board: BoardId = "6f9619ff-8b86-4011-b42d-00c04fc964ff".parse().unwrap();
        let fingerprint = of(board, "Fix the build", None);
        assert_eq!(fingerprint, of(board, " fix the BUILD\n", Some(" ")));
        assert_ne!(fingerprint, of(board, "Fix the build", Some("now")));
        assert_ne!(fingerprint, of(BoardId::random(), "Fix the build", None));
        assert_eq!(fingerprint.len(), 64);
    }
}
