//! The kinds of the event log, and how large an entry may be.

mod bounded;

pub use bounded::bounded;

pub use crate::models::{EventKind, EventSubject};
