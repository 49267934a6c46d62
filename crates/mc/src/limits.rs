//! Maxima of the remote client: a server may answer anything, and a file may say anything.

use mission_control_limits::{KIB, MIB, limits};

limits! {
    "The remote client",
    "In `mc`: what is larger is refused with a sentence, and only what a table shows is cut." {
        /// One answer of a server.
        CLIENT_ANSWER = 32 * MIB, Bytes;
        /// One event of the stream.
        CLIENT_EVENT = 4 * MIB, Bytes;
        /// Entries of one list, over all its pages.
        CLIENT_LISTED = 20_000, Entries;
        /// A body that is sent, or a text that is read from a file or from standard input.
        CLIENT_BODY = 8 * MIB, Bytes;
        /// The file with servers and tokens.
        CLIENT_CONTEXTS = 256 * KIB, Bytes;
        /// A token.
        CLIENT_TOKEN = 4 * KIB, Bytes;
        /// A text in a table.
        CLIENT_CELL = 72, Characters;
        /// Things that are named where a word fits several.
        CLIENT_CANDIDATES = 8, Entries;
        /// A file that tells of a fleet.
        FLEET_FILE = 4 * MIB, Bytes;
        /// Things inside one another, in such a file.
        FLEET_LEVELS = 24, Levels;
        /// Values in such a file.
        FLEET_VALUES = 200_000, Entries;
    }
}
