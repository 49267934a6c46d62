//! `runs.judge`: judges the runs that have ended, and pauses agents of whose runs nothing comes.

use serde_json::{Value, json};

use super::handler::Handler;
use crate::breaker;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::JudgeRuns;

impl Handler for JudgeRuns {
    async fn run(self, fleet: &Fleet, _: &Attempt) -> Result<Value, JobError> {
        Ok(json!({ "judged": breaker::sweep(fleet).await? }))
    }
}
