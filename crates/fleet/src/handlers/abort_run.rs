//! `run.abort`: stops a run on its gateway.

use mission_control_core::models::{Gateway, Run};
use mission_control_core::rules::runs::{RunEnding, RunFact};
use mission_control_gateway_rpc::AbortChat;
use mission_control_store::{StoreError, gateways, runs};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::AbortRun;
use crate::reach::Trouble;
use crate::runs::note_end;

impl Handler for AbortRun {
    async fn run(self, fleet: &Fleet, _: &Attempt) -> Result<Value, JobError> {
        let id = self.run;
        let found: Result<Option<(Run, Gateway)>, StoreError> = fleet
            .db()
            .read(move |conn| {
                let Some(run) = runs::find(conn, id)? else { return Ok(None) };
                let gateway = gateways::find(conn, run.gateway_id)?;
                Ok(gateway.map(|gateway| (run, gateway)))
            })
            .await;
        let Some((run, gateway)) = found? else { return Ok(json!({ "skipped": "the run is gone" })) };
        if run.state.is_over() {
            return Ok(json!({ "skipped": "the run is over" }));
        }
        let stopped = stop(fleet, &gateway, &run).await.map_err(Trouble::retry_unless_refused)?;
        // Where nothing runs, it came to its end unseen, or never began.
        let fact = match stopped {
            true => RunFact::Ended { how: RunEnding::Aborted, stop_reason: None, error: None },
            false => RunFact::GivenUp,
        };
        let noted: Result<Option<Run>, StoreError> =
            fleet.db().write(move |tx| note_end(tx, id, &fact)).await;
        noted?;
        Ok(json!({ "stopped": stopped }))
    }
}

/// Whether there was anything to stop.
async fn stop(fleet: &Fleet, gateway: &Gateway, run: &Run) -> Result<bool, Trouble> {
    let remote = fleet.gateways().remote(gateway).await?;
    let asked = AbortChat { session_key: &run.session_key, run_id: run.gateway_run_id.as_deref() };
    Ok(!remote.ask(&asked).await?.run_ids.is_empty())
}
