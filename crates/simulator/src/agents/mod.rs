//! The agents: a turn for each wake, and heartbeats on their interval.

mod api;
mod credentials;
mod heartbeat;
mod turn;
mod work;

pub(crate) use heartbeat::run as run_heartbeats;
pub(crate) use turn::{Fate, TurnRequest, start};
