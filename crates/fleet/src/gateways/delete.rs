//! Removing a gateway's registration.

use mission_control_core::id::GatewayId;
use mission_control_store::{boards, gateways, jobs};

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::kind::Kind;
use crate::jobs::kinds::DeleteGateway;
use crate::wait::Reply;

/// Removes a gateway and its main agent. A gateway that cannot be reached any more is removed all the same.
///
/// # Errors
/// A conflict while boards are on it.
pub async fn delete(fleet: &Fleet, caller: Caller, id: GatewayId) -> Result<Reply<()>, FleetError> {
    let job = fleet
        .db()
        .write(move |tx| {
            gateways::find_in(tx, caller.organization, id)?.ok_or(FleetError::not_found("Gateway"))?;
            gateways::lock(tx, id)?.ok_or(FleetError::not_found("Gateway"))?;
            let boards = boards::of_gateway(tx, id)?;
            if let Some(first) = boards.first() {
                return Err(FleetError::conflict(format!(
                    "{} board(s) are on this gateway, such as \"{}\"; delete or move them first.",
                    boards.len(),
                    first.name
                )));
            }
            Ok(jobs::enqueue(tx, DeleteGateway { gateway: id }.job(caller.organization)?)?)
        })
        .await?;
    fleet.reply(job, "Gateway deletion failed").await
}
