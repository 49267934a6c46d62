//! What is appended to the event log, and what streams make of it.
//!
//! An [`Event`] is written down in the transaction of the change that it tells of, with everything that streams show: nothing
//! has to be looked up when it is delivered. `GET /api/v1/events` delivers every kind as it is; the streams of tasks,
//! comments, agents, approvals and memory deliver parts of theirs.

mod described;
mod kinds;
mod payloads;
mod read;
mod schema;

pub use kinds::{Event, EventKind, EventSubject, TASK_COMMENT};
pub use payloads::*;
pub use read::{Told, in_agents, in_comments, in_tasks};
pub use schema::{EVENT, schemas};
