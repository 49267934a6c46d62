//! What jobs are: their kinds and arguments, how they are booked, and an attempt at one. What they do is done by the
//! [`handlers`](crate::handlers), which stand above everything that books jobs.

mod attempt;
pub(crate) mod booking;
pub(crate) mod edit;
pub(crate) mod kind;
pub(crate) mod kinds;

pub use attempt::Attempt;
pub use kinds::SyncOptions;

pub use crate::error::JobError;
