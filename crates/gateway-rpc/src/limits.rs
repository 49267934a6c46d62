//! Maxima of what is taken of a gateway: whoever answers at an address may say anything, of any length.

use mission_control_limits::{KIB, MIB, limits};

limits! {
    "What a gateway says",
    "Where it enters, in `gateway-rpc`: the connection ends over a frame that is too large, and the other texts and lists are \
     cut." {
        /// Everything before `hello-ok` together.
        BEFORE_HELLO = 4 * MIB, Bytes;
        /// One frame. Gateways send frames of up to 25 MiB.
        FRAME = 32 * MIB, Bytes;
        /// An event; a larger one keeps its shape and loses what is long in it, for many may wait to be read.
        EVENT = 256 * KIB, Bytes;
        /// Each text that a larger event keeps.
        EVENT_TEXT = 4 * KIB, Bytes;
        /// Entries that each list and object of a larger event keeps.
        EVENT_ENTRIES = 200, Entries;
        /// Events that a slow reader may fall behind before it loses the oldest.
        EVENTS_BEHIND = 1_024, Entries;
        /// Calls of one connection that wait for an answer at the same time; more wait for a free place.
        CALLS = 256, Entries;
        /// An error's message, or the reason of a close.
        MESSAGE = KIB, Bytes;
        /// Particulars of an error.
        DETAILS = 32, Entries;
        /// A version or a code.
        PEER_WORD = 64, Bytes;
        /// A name or an id.
        PEER_NAME = 200, Bytes;
        /// A path, or a token.
        PEER_PATH = 4 * KIB, Bytes;
        /// Each text of what a tool was called with.
        ARGUMENTS = 4 * KIB, Bytes;
        /// The end of what a tool said.
        OUTPUT = 4 * KIB, Bytes;
        /// The name of a model, or why it stopped.
        MODEL = 200, Bytes;
        /// Tools that one answer of a model calls.
        TOOLS_AT_ONCE = 64, Entries;
        /// Entries of each list and object of what a tool was called with.
        ARGUMENT_ENTRIES = 100, Entries;
        /// Sessions that a release is asked to count which cannot count those of one agent.
        SESSIONS_OF_EVERYBODY: u32 = 1_000, Entries;
        /// Names in one list.
        PEER_NAMES = 2_000, Entries;
    }
}
