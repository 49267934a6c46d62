//! `gateway.sync_templates`: writes the workspace files of a gateway's agents anew.

use serde_json::Value;

use super::handler::Handler;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::SyncTemplates;
use crate::reach::Trouble;
use crate::sync;

impl Handler for SyncTemplates {
    async fn run(self, fleet: &Fleet, attempt: &Attempt) -> Result<Value, JobError> {
        let result = sync::run(fleet, attempt, self.gateway, self.user, &self.options)
            .await
            .map_err(Trouble::give_up)?;
        serde_json::to_value(result).map_err(|error| JobError::Fatal(error.to_string().into()))
    }
}
