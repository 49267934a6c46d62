use std::time::Duration;

/// The answer to one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// Whether the attempt may go on.
    pub allowed: bool,
    /// Attempts left in the window.
    pub remaining: u32,
    /// How long to wait before trying again; zero when allowed.
    pub retry_after: Duration,
}

impl Decision {
    pub(super) fn allowed(remaining: u32) -> Decision {
        Decision { allowed: true, remaining, retry_after: Duration::ZERO }
    }

    pub(super) fn refused(retry_after: Duration) -> Decision {
        Decision { allowed: false, remaining: 0, retry_after }
    }
}
