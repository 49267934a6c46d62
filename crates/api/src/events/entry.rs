//! An entry of the log in memory.

use actix_web::web::Bytes;
use mission_control_core::models::LogEntry;
use mission_control_shapes::events::Told;

use super::frame;

/// An entry of the log, ready to be sent.
#[derive(Debug)]
pub struct Entry {
    /// The entry.
    pub event: LogEntry,
    /// What decides who gets it.
    pub told: Told,
    /// How the stream of all events shows it.
    pub frame: Bytes,
}

impl Entry {
    /// Memory that it takes, in bytes. The frame has the whole payload; parsed, small values take some times the room of
    /// their text.
    pub(super) fn weight(&self) -> usize {
        4 * self.frame.len()
    }
}

impl From<LogEntry> for Entry {
    fn from(event: LogEntry) -> Self {
        Self { frame: frame::entry(&event), told: Told::of(&event), event }
    }
}
