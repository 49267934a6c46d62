//! What a command works with.

use crate::client::Client;

/// Where a command is carried out, and how its answer is shown.
pub(crate) struct Session {
    /// The server.
    pub(crate) client: Client,
    /// For programs.
    pub(crate) json: bool,
}
