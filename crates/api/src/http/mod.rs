//! What every request goes through, and what handlers take from it and answer with.
//!
//! From the outside in: [`boundary`] (request id, panics, the log line, headers of every response), [`head`] (no address and
//! no headers that are too long), [`compression`], [`cors`],
//! [`idempotency`] (a repeated write gets the first answer), [`ignored`] (names what nobody read), routing, then the
//! extractors. [`Body`] and [`Query`] never reject by themselves: a handler asks for their content with
//! `.valid()?` after its authorization (an extractor too) has passed, so nobody learns about input they may not send.

mod answer;
pub mod bodies;
mod body;
pub mod boundary;
mod client_address;
pub mod compression;
pub mod cors;
mod excerpt;
mod fallback;
pub mod head;
pub mod idempotency;
mod if_match;
pub mod ignored;
mod last_event_id;
pub(crate) mod line;
mod list;
pub(crate) mod origin;
mod pace;
pub mod parameters;
mod params;
mod part;
mod query;
pub mod request_id;
pub mod waits;
mod web_ui;

pub(crate) use answer::JOB_ID;
pub use answer::{Answer, Done};
pub use body::Body;
pub(crate) use body::{not_read, read_aside, read_in_turn, read_limited};
pub(crate) use client_address::address_key;
pub use client_address::client_address;
pub use excerpt::{Excerpt, ExcerptQuery, LongText};
pub use fallback::{Fallback, fallback};
pub use if_match::IfMatch;
pub use last_event_id::LastEventId;
pub use list::{List, PageQuery};
pub(crate) use pace::Unread;
pub use params::Params;
pub use part::{HEADERS as PART_HEADERS, Part, PartQuery};
pub use query::Query;
