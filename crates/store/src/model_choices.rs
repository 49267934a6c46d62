//! Which models agents think with.

use diesel::prelude::*;
use mission_control_core::id::{AgentId, BoardId, GatewayId};
use mission_control_core::models::ModelChoice;
use mission_control_core::schema::{agents, model_choices};

use crate::conn::Conn;
use crate::error::StoreResult;
use crate::tx::Tx;

/// What was chosen for an agent.
///
/// # Errors
/// The database's.
pub fn of_agent(conn: &mut Conn, agent: AgentId) -> StoreResult<Option<ModelChoice>> {
    Ok(model_choices::table
        .filter(model_choices::agent_id.eq(agent))
        .select(model_choices::all_columns)
        .first(conn)
        .optional()?)
}

/// What was chosen for the agents of a board.
///
/// # Errors
/// The database's.
pub fn of_board(conn: &mut Conn, board: BoardId) -> StoreResult<Option<ModelChoice>> {
    Ok(model_choices::table
        .filter(model_choices::board_id.eq(board))
        .select(model_choices::all_columns)
        .first(conn)
        .optional()?)
}

/// Everything that was chosen for the agents of a gateway, and for their boards.
///
/// # Errors
/// The database's.
pub fn of_gateway(conn: &mut Conn, gateway: GatewayId) -> StoreResult<Vec<ModelChoice>> {
    let there = agents::table.filter(agents::gateway_id.eq(gateway));
    let of_agents = model_choices::agent_id.eq_any(there.select(agents::id.nullable()));
    let of_boards = model_choices::board_id.eq_any(there.select(agents::board_id));
    Ok(model_choices::table.filter(of_agents.or(of_boards)).select(model_choices::all_columns).load(conn)?)
}

/// Keeps a choice in the place of the one before.
///
/// # Errors
/// The database's.
pub fn save(tx: &mut Tx<'_>, choice: &ModelChoice) -> StoreResult<()> {
    diesel::delete(model_choices::table.find(choice.id)).execute(&mut **tx)?;
    diesel::insert_into(model_choices::table).values(choice).execute(&mut **tx)?;
    Ok(())
}
