//! How refusals about tasks are answered.

use mission_control_fleet::tasks::TaskError;

use crate::error::{ApiError, Code};

impl From<TaskError> for ApiError {
    fn from(error: TaskError) -> Self {
        match (error.advice(), error) {
            (_, TaskError::Store(error)) => error.into(),
            (_, TaskError::Changed(changed)) => changed.into(),
            (None, TaskError::NotFound(what)) => Self::not_found(what),
            (None, error) => Self::with_detail(Code::Conflict, error.detail()),
            (Some(advice), error) => {
                Self::with_detail(advice.code, error.detail()).next_step(advice.next_step)
            }
        }
    }
}
