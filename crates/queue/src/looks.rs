use std::time::Duration;

/// Messages in a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Depth {
    /// Due now and not taken.
    pub ready: u64,
    /// Delayed, or taken and not done.
    pub hidden: u64,
}

/// The answer of a healthy queue or rate limiter.
#[derive(Debug, Clone, Copy)]
pub struct Health {
    /// `redis` or `in-process`.
    pub backend: &'static str,
    /// How long the answer took.
    pub round_trip: Duration,
}
