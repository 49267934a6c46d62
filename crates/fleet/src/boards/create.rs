//! Creating a board.

use mission_control_core::id::{BoardGroupId, GatewayId, OrganizationId};
use mission_control_core::models::Board;
use mission_control_store::{Conn, agents, board_groups, boards, gateways};

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
            require_group(tx, caller.organization, board.board_group_id)?;
            let board = boards::insert(tx, &board)?;
            record::board_changed(tx, "board.created", &board);
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

/// The group, if there is one, is the organization's.
pub(super) fn require_group(
    conn: &mut Conn,
    organization: OrganizationId,
    group: Option<BoardGroupId>,
) -> Result<(), FleetError> {
    let Some(id) = group else { return Ok(()) };
    match board_groups::find(conn, id)?.filter(|group| group.organization_id == organization) {
        Some(_) => Ok(()),
        None => Err(FleetError::invalid("board_group_id is invalid")),
    }
}
