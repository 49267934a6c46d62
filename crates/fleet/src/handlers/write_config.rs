//! `gateway.write_config`: makes a gateway's configuration have the settings of its agents.

use mission_control_core::models::Gateway;
use mission_control_store::gateways;
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::WriteConfig;
use crate::provision::config_write;
use crate::reach::Trouble;

impl Handler for WriteConfig {
    async fn run(self, fleet: &Fleet, _: &Attempt) -> Result<Value, JobError> {
        let id = self.gateway;
        let gateway = fleet.db().read(move |conn| gateways::find(conn, id)).await?;
        let Some(gateway) = gateway else { return Ok(json!({ "skipped": "the gateway is gone" })) };
        let written = write(fleet, &gateway).await.map_err(Trouble::retry)?;
        Ok(json!({ "written": written }))
    }
}

async fn write(fleet: &Fleet, gateway: &Gateway) -> Result<bool, Trouble> {
    let remote = fleet.gateways().remote(gateway).await?;
    config_write::bring_up_to_date(fleet, &remote, gateway).await
}
