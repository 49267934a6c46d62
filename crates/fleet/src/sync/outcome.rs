//! How a sync goes.

/// How one agent went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Updated,
    Skipped,
    /// The gateway went away: there is no use in going on.
    GatewayLost,
}
