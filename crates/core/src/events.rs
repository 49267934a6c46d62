//! The event log.

mod bounded;

pub use bounded::bounded;
