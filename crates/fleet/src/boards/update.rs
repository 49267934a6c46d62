//! Changing a board, and telling its agents.

use mission_control_core::id::BoardId;
use mission_control_core::models::{Board, BoardChanges};
use mission_control_core::rules::heartbeat_pace::Pace;
use mission_control_store::{StoreError, boards};

use super::create::{require_gateway, require_group};
use super::notify;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::{reconcile, record};

/// Changes a board; its lead, and the agents of a group that it joins or leaves, are told.
///
/// # Errors
/// A missing board; a gateway or group that will not do; an incomplete goal.
pub async fn update(
    fleet: &Fleet,
    caller: Caller,
    id: BoardId,
    changes: BoardChanges,
) -> Result<Board, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            let missing = || FleetError::not_found("Board");
            let before = boards::lock(tx, id)?.filter(|board| board.organization_id == caller.organization);
            let before = before.ok_or_else(missing)?;
            require_gateway(tx, caller.organization, changes.gateway_id.unwrap_or(before.gateway_id))?;
            require_group(tx, caller.organization, changes.board_group_id.flatten())?;
            let board = boards::update(tx, id, &changes).map_err(|error| match error {
                StoreError::Duplicate { .. } => {
                    FleetError::conflict("The keys of another board's tasks begin with this prefix already")
                }
                other => other.into(),
            })?;
            let no_goal = board.objective.as_deref().is_none_or(str::is_empty)
                || board.success_metrics.as_ref().is_none_or(is_empty);
            if changes.board_type.as_deref() == Some("goal") && no_goal {
                return Err(FleetError::invalid("Goal boards require objective and success_metrics"));
            }
            record::board_changed(tx, "board.updated", &board);
            if let Some(gateway) = board.gateway_id.filter(|_| Pace::of(&before) != Pace::of(&board)) {
                reconcile::ask(tx, gateway)?;
            }
            notify::group_change(tx, &before, &board)?;
            notify::lead(tx, &before, &board)?;
            Ok(board)
        })
        .await
}

fn is_empty(metrics: &serde_json::Value) -> bool {
    metrics.is_null() || metrics.as_object().is_some_and(serde_json::Map::is_empty)
}
