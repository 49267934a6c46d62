//! What every request goes through, and what handlers take from it and answer with.
//!
//! From the outside in: [`boundary`] (request id, panics, the log line, headers of every response), [`cors`],
//! [`idempotency`] (a repeated write gets the first answer), [`ignored`] (names what nobody read), routing, then the
//! extractors. [`Body`] and [`Query`] never reject by themselves: a handler asks for their content with
//! `.valid()?` after its authorization (an extractor too) has passed, so nobody learns about input they may not send.

mod answer;
mod body;
pub mod boundary;
mod client_address;
pub mod cors;
mod excerpt;
mod fallback;
pub mod idempotency;
pub mod ignored;
mod last_event_id;
mod list;
pub mod parameters;
mod params;
mod query;
pub mod request_id;
mod web_ui;

pub use answer::{Answer, Done};
pub use body::Body;
pub(crate) use body::read_limited;
pub use client_address::client_address;
pub use excerpt::{Excerpt, ExcerptQuery, LongText};
pub use fallback::{Fallback, fallback};
pub use last_event_id::LastEventId;
pub use list::{List, PageQuery};
pub use params::Params;
pub use query::Query;
