//! The Redis side: one link per configured URL, lanes and wake-ups on top of it.

mod lanes;
mod link;
mod wakes;

pub(crate) use lanes::RedisLanes;
pub(crate) use link::Link;
pub(crate) use wakes::RedisWakes;

use mission_control_core::limits::QUEUE_NAME;

/// First part of every key and channel.
pub(crate) const NAMESPACE: &str = "mission-control";

/// The configured queue name with what RSMQ does not accept in a name replaced.
pub(crate) fn safe_name(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    name.chars().take(QUEUE_NAME).map(safe).collect()
}
