//! Why a command was not decided.

use mission_control_core::models::{ExecApprovalState, ExecDecision};
use mission_control_store::StoreError;

use crate::error::FleetError;

/// Why a command was not decided.
#[derive(Debug, thiserror::Error)]
pub enum ExecDecisionError {
    /// There is no such command.
    #[error("No such command.")]
    NotFound,
    /// It does not wait any more.
    #[error("The command is {0} already.")]
    Over(ExecApprovalState),
    /// The gateway does not take this decision for this command.
    #[error("The gateway does not take `{wanted}` for this command. It takes: {}.", words(.allowed))]
    Unavailable {
        /// What was wanted.
        wanted: ExecDecision,
        /// What it takes.
        allowed: Vec<ExecDecision>,
    },
    /// The gateway could not be told.
    #[error(transparent)]
    Fleet(#[from] FleetError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn words(decisions: &[ExecDecision]) -> String {
    decisions.iter().map(|decision| decision.as_str()).collect::<Vec<_>>().join(", ")
}
