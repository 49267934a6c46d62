//! Creating a board.

use mission_control_core::id::{GatewayId, OrganizationId};
use mission_control_core::models::Board;
use mission_control_shapes::events::Event;
use mission_control_store::{Conn, agents, boards, gateways};

use super::group::require_writable;
use crate::error::FleetError;
use crate::fleet::{Caller, Fleet};
use crate::record;

/// Keeps a new board. Its lead comes with the onboarding, or when somebody first writes to it.
///
/// # Errors
/// A gateway or group that will not do; an incomplete goal.
pub async fn create(fleet: &Fleet, caller: Caller, board: Board) -> Result<Board, FleetError> {
    fleet
        .db()
        .write(move |tx| {
            let board = Board { organization_id: caller.organization, ..board };
            require_gateway(tx, caller.organization, board.gateway_id)?;
            if let Some(group) = board.board_group_id {
                require_writable(tx, caller, group)?;
            }
            let board = boards::insert(tx, &board)?;
            record::board_changed(tx, Event::BoardCreated, &board);
            Ok(board)
        })
        .await
}

/// The gateway is the organization's and has a main agent.
pub(super) fn require_gateway(
    conn: &mut Conn,
    organization: OrganizationId,
    gateway: Option<GatewayId>,
) -> Result<(), FleetError> {
    let id = gateway.ok_or_else(|| FleetError::invalid("gateway_id is required"))?;
    let gateway = gateways::find_in(conn, organization, id)?;
    let gateway = gateway.ok_or_else(|| FleetError::invalid("gateway_id is invalid"))?;
    match agents::main_of(conn, gateway.id)? {
        Some(_) => Ok(()),
        None => Err(FleetError::invalid(
            "The gateway has no main agent, which boards need; sync its templates with rotate_tokens=true to create it.",
        )),
    }
}
