//! Having a gateway's agents looked at now, instead of in a few minutes.

use mission_control_core::id::GatewayId;
use mission_control_core::models::Lane;
use mission_control_core::time::Timestamp;
use mission_control_shapes::ReconcileReport;
use mission_control_store::{StoreError, gateways, jobs};

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::booking;
use crate::reconcile as look;
use crate::wait::Reply;

/// Brings the agents of a gateway to what they shall be, and says what was found. What that sets off goes on by itself.
///
/// # Errors
/// A missing gateway; a database in trouble. A gateway that does not answer is part of the report.
pub async fn reconcile(
    fleet: &Fleet,
    caller: Caller,
    id: GatewayId,
) -> Result<Reply<ReconcileReport>, FleetError> {
    let job = fleet
        .db()
        .write(move |tx| {
            let gateway =
                gateways::find_in(tx, caller.organization, id)?.ok_or(FleetError::not_found("Gateway"))?;
            let mut job = booking::reconcile(&gateway)?;
            (job.lane, job.run_at) = (Lane::Interactive, Timestamp::now());
            Ok::<_, FleetError>(jobs::enqueue(tx, job)?)
        })
        .await?;
    match fleet.settle(job, "The gateway could not be looked at").await? {
        Some(report) => serde_json::from_value(report)
            .map(Reply::Done)
            .map_err(|error| FleetError::Internal(format!("report of a reconciliation: {error}"))),
        None => Ok(Reply::Accepted { value: ReconcileReport::default(), job }),
    }
}

/// Says what such a look would set off now. It asks the gateway, and changes nothing.
///
/// # Errors
/// As [`reconcile`].
pub async fn plan(fleet: &Fleet, caller: Caller, id: GatewayId) -> Result<ReconcileReport, FleetError> {
    let found: Result<_, StoreError> =
        fleet.db().read(move |conn| gateways::find_in(conn, caller.organization, id)).await;
    let gateway = found?.ok_or(FleetError::not_found("Gateway"))?;
    Ok(look::plan(fleet, &gateway).await?)
}
