//! How refusals about tasks are answered.

use mission_control_fleet::tasks::{Advice, Refused, TaskError};

use crate::error::{ApiError, Code};

impl From<TaskError> for ApiError {
    fn from(error: TaskError) -> Self {
        let advice = error.advice();
        let (kind, detail) = match error.refused() {
            Ok(refused) => refused,
            Err(error) => return error.into(),
        };
        let code = match kind {
            Refused::Forbidden => Code::Forbidden,
            Refused::NotFound => Code::NotFound,
            Refused::Conflict => Code::Conflict,
            Refused::Invalid => Code::Invalid,
        };
        let refusal = Self::with_detail(code, detail);
        match advice {
            Some(Advice { code, next_step }) => refusal.word(code).next_step(next_step),
            None => refusal,
        }
    }
}
