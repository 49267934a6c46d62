//! Live streams from the event log.
//!
//! One reader per process follows the log: a wake-up from the queue says that there is news, the reader fetches it once
//! and puts it at the end of a short tail in memory ([`EventHub`]). Every stream is a [`Follower`]: a position in the
//! log that moves along the tail, or along the log itself until it has reached the tail. So a stream costs no query
//! while nothing happens or while it keeps up, it has no buffer of its own, and one that falls behind the tail is told
//! to come back ([`RESUME`]) instead of holding up others. A position that the log does not reach back to is answered
//! with [`RESET`]: the client has missed something and reads everything anew.
//!
//! Rights are looked at again when something changes them, and before an entry is delivered when the last look is a
//! minute old ([`Audience`]): whether the credential that opened the stream is still good, and whether its holder may
//! still see what the stream shows ([`Needs`]). The streams of one listener share their looks.

mod audience;
mod entry;
mod follower;
mod frame;
mod hub;
mod looks;

pub use audience::{Audience, Needs, Shown, view};
pub use entry::Entry;
pub use follower::{Follower, Start};
pub use frame::{RESET, RESUME, data, response};
pub use hub::EventHub;
