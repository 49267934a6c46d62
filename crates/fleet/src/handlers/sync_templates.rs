//! `gateway.sync_templates`: writes the workspace files of a gateway's agents anew.

use serde_json::Value;

use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::payload::SyncTemplates;
use crate::reach::Trouble;
use crate::sync;

pub(super) async fn run(fleet: &Fleet, attempt: &Attempt, task: SyncTemplates) -> Result<Value, JobError> {
    let result =
        sync::run(fleet, attempt, task.gateway, task.user, &task.options).await.map_err(Trouble::give_up)?;
    serde_json::to_value(result).map_err(|error| JobError::Fatal { message: error.to_string() })
}
