//! The progress breaker of a board as clients see it.

use mission_control_core::models::{BoardBreaker, BreakerMode};
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// When agents of a board are paused whose runs change nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct BoardBreakerRead {
    /// `auto` (only watches for the board's first week), `off`, `shadow` (only tells of whom it would pause) or `on`.
    #[schema(value_type = String, example = "auto")]
    pub mode: BreakerMode,
    /// Whether it pauses agents now.
    pub pauses: bool,
    /// Runs that do nothing, while there is work.
    pub empty_limit: i32,
    /// Runs of which nothing comes, while there is work.
    pub weak_limit: i32,
    /// Runs that do nothing, while there is no work.
    pub idle_limit: i32,
    /// Tokens that they have to have used.
    pub token_floor: i64,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl BoardBreakerRead {
    /// The breaker, which pauses agents now, or does not.
    pub fn new(row: &BoardBreaker, pauses: bool) -> Self {
        Self {
            mode: row.mode,
            pauses,
            empty_limit: row.empty_limit,
            weak_limit: row.weak_limit,
            idle_limit: row.idle_limit,
            token_floor: row.token_floor,
            updated_at: row.updated_at,
        }
    }
}
