//! Stopping a run.

use mission_control_core::id::{RunId, UserId};
use mission_control_core::models::Run;
use mission_control_core::rules::runs::{RunFact, note};
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::Event;
use mission_control_store::{StoreResult, Tx, jobs, runs};

use super::keep::store;
use super::steps;
use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::jobs::kind::Kind;
use crate::jobs::kinds::AbortRun;
use crate::wait::Reply;
use mission_control_shapes::RunRead;

/// Has the gateway stop a run. While the gateway is away the job waits for it.
///
/// # Errors
/// A run that is over; the gateway's refusal; the database.
pub async fn abort(fleet: &Fleet, run: RunId, by: UserId) -> Result<Reply<RunRead>, FleetError> {
    let job = fleet
        .db()
        .write(move |tx| {
            let run = runs::lock(tx, run)?.ok_or(FleetError::not_found("Run"))?;
            if run.state.is_over() {
                return Err(FleetError::conflict("The run is over: there is nothing to stop."));
            }
            let job = AbortRun { run: run.id, gateway: run.gateway_id, by: Some(by) };
            Ok(jobs::enqueue(tx, job.job(run.organization_id)?)?)
        })
        .await?;
    let settled = fleet.reply(job, "The run could not be stopped").await?;
    let now = fleet.db().read(move |conn| runs::find(conn, run)).await?;
    let now = now.ok_or(FleetError::not_found("Run"))?;
    Ok(settled.map(|()| RunRead::from(&now)))
}

/// Notes that a run came to its end, or was given up.
pub(crate) fn note_end(tx: &mut Tx<'_>, id: RunId, fact: &RunFact) -> StoreResult<Option<Run>> {
    let Some(stored) = runs::lock(tx, id)? else { return Ok(None) };
    let (mut run, now) = (stored.clone(), Timestamp::now());
    note(&mut run, fact, now);
    if run.state.is_over() && !stored.state.is_over() {
        steps::close(tx, &run, now)?;
    }
    store(tx, &run, &stored, Event::RunUpdated)?;
    Ok(Some(run))
}
