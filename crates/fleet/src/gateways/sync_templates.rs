//! Writing the workspace files of a gateway's agents anew, on request.

use mission_control_core::id::GatewayId;
use mission_control_shapes::TemplatesSyncResult;
use mission_control_store::{boards, gateways, jobs};

use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::kind::Kind;
use crate::jobs::kinds::SyncTemplates;
use crate::sync::SyncOptions;
use crate::wait::Reply;

/// Writes the workspace files of a gateway's agents anew. What went wrong with single agents is part of the result.
///
/// # Errors
/// A missing gateway; a board of another organization; a failure that kept the sync from running at all.
pub async fn sync_templates(
    fleet: &Fleet,
    caller: Caller,
    id: GatewayId,
    options: SyncOptions,
) -> Result<Reply<TemplatesSyncResult>, FleetError> {
    let empty = TemplatesSyncResult::new(id, options.include_main, options.reset_sessions);
    let job = fleet
        .db()
        .write(move |tx| {
            gateways::find_in(tx, caller.organization, id)?.ok_or(FleetError::not_found("Gateway"))?;
            if let Some(board) = options.board_id {
                boards::find_in(tx, caller.organization, board)?.ok_or(FleetError::not_found("Board"))?;
            }
            let task = SyncTemplates { gateway: id, user: caller.user, options };
            Ok::<_, FleetError>(jobs::enqueue(tx, task.job(caller.organization)?)?)
        })
        .await?;
    match fleet.settle(job, "Template sync failed").await? {
        Some(result) => serde_json::from_value(result)
            .map(Reply::Done)
            .map_err(|error| FleetError::Internal(format!("result of a template sync: {error}"))),
        None => Ok(Reply::Accepted { value: empty, job }),
    }
}
