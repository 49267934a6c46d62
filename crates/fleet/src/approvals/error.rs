//! Why something about an approval was not done.

use mission_control_core::id::{ApprovalId, TaskId};
use mission_control_core::rules::approvals::AlreadyDecided;
use mission_control_core::rules::version::Changed;
use mission_control_store::StoreError;
use serde_json::{Value, json};

use crate::exec_approvals::ExecDecisionError;

/// Why something about an approval was not done.
#[derive(Debug, thiserror::Error)]
pub enum ApprovalError {
    /// It does not exist, or not on this board. Holds the entity's name.
    #[error("No such {0}.")]
    NotFound(&'static str),
    /// Tasks that have a pending approval, with it.
    #[error("Each task can have only one pending approval.")]
    Pending(Vec<(TaskId, ApprovalId)>),
    /// It is not any more what the person saw.
    #[error(transparent)]
    Changed(#[from] Changed),
    /// Somebody decided before.
    #[error(transparent)]
    AlreadyDecided(#[from] AlreadyDecided),
    /// It was decided and reopened as often as one approval may be.
    #[error("The decision stands: it was taken back too often. Ask for another approval.")]
    ReopenedTooOften,
    /// It is about a command, which cannot be decided so.
    #[error(transparent)]
    Exec(#[from] ExecDecisionError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ApprovalError {
    /// The refusal as clients read it: a sentence, or an object whose fields programs rely on.
    pub fn detail(&self) -> Value {
        match self {
            Self::Pending(conflicts) => {
                let conflicts: Vec<Value> = conflicts
                    .iter()
                    .map(|(task, approval)| json!({ "task_id": task, "approval_id": approval }))
                    .collect();
                json!({ "message": self.to_string(), "conflicts": conflicts })
            }
            _ => Value::String(self.to_string()),
        }
    }
}
