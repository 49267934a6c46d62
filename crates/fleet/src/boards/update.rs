//! Changing a board, and telling its agents.

use mission_control_core::id::BoardId;
use mission_control_core::models::{Board, BoardChanges};
use mission_control_core::rules::access;
use mission_control_core::rules::governance;
use mission_control_core::rules::heartbeat_pace::Pace;
use mission_control_core::rules::version::Seen;
use mission_control_shapes::BoardSettings;
use mission_control_shapes::events::{Event, EventSubject};
use mission_control_store::{Conn, StoreError, boards};

use super::create::require_gateway;
use super::group::{acting_member, require_writable};
use super::notify;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::jobs::booking;
use crate::record;

/// Changes a board for somebody who may write to it; its lead, and the agents of a group that it joins or leaves, are told.
///
/// How a board is governed is for admins to change, and it moves between groups that the caller may write to. Values
/// that are sent as they are change nothing.
///
/// # Errors
/// A missing board; one that is not what the caller saw; changes that the caller may not make; a gateway or group that will not do; an incomplete goal.
pub async fn update(
    fleet: &Fleet,
    caller: Caller,
    id: BoardId,
    seen: Seen,
    changes: BoardChanges,
) -> Result<Board, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            let missing = || FleetError::not_found("Board");
            let organization = caller.organization;
            let before = boards::lock(tx, id)?.filter(|board| board.organization_id == organization);
            let before = before.ok_or_else(missing)?;
            BoardSettings::of(&before).version().require(&seen)?;
            let changes = permitted(tx, caller, &before, changes)?;
            require_gateway(tx, organization, changes.gateway_id.unwrap_or(before.gateway_id))?;
            if let Some(group) = changes.board_group_id.filter(|group| *group != before.board_group_id) {
                for group in [before.board_group_id, group].into_iter().flatten() {
                    require_writable(tx, caller, group)?;
                }
            }
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
            let (was, is) = (record::governed_board(&before), record::governed_board(&board));
            tx.changed(EventSubject::Board, board.id, was, is);
            record::board_changed(tx, Event::BoardUpdated, &board);
            if let Some(gateway) = board.gateway_id.filter(|_| Pace::of(&before) != Pace::of(&board)) {
                booking::ask_to_reconcile(tx, gateway)?;
            }
            notify::group_change(tx, &before, &board)?;
            notify::lead(tx, &before, &board)?;
            Ok(board)
        })
        .await
}

/// The changes as far as they are the caller's to make.
pub(crate) fn permitted(
    conn: &mut Conn,
    caller: Caller,
    board: &Board,
    changes: BoardChanges,
) -> Result<BoardChanges, FleetError> {
    if acting_member(conn, caller)?.is_none_or(|member| access::is_admin(&member.role)) {
        return Ok(changes);
    }
    match governance::changed(board, &changes) {
        none if none.is_empty() => Ok(governance::without(changes)),
        fields => Err(FleetError::ForAdmins { fields }),
    }
}

fn is_empty(metrics: &serde_json::Value) -> bool {
    metrics.is_null() || metrics.as_object().is_some_and(serde_json::Map::is_empty)
}
