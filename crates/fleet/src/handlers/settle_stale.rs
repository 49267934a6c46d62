//! `tasks.stale`: marks tasks in progress whose agents do nothing, and does with them what their boards say.

use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::SettleStale;
use crate::tasks;

impl Handler for SettleStale {
    async fn run(self, fleet: &Fleet, _: &Attempt) -> Result<Value, JobError> {
        Ok(json!({ "settled": tasks::settle_stale(fleet).await? }))
    }
}
