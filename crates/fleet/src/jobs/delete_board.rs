//! `board.delete`: removes a board's agents from their gateway, then the board with everything of it. When the gateway
//! refuses, the board stays.

use mission_control_core::models::{Agent, Board, Gateway};
use mission_control_store::{StoreError, agents, boards, gateways};
use serde_json::{Value, json};

use super::delete_agent::remove_from_gateway;
use super::payload::DeleteBoard;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::record;

/// A board and its agents, each with its gateway.
type BoardOnGateways = (Board, Vec<(Agent, Option<Gateway>)>);

pub(super) async fn run(fleet: &Fleet, task: DeleteBoard) -> Result<Value, JobError> {
    let id = task.board;
    let found: Result<Option<BoardOnGateways>, StoreError> = fleet
        .db()
        .read(move |conn| {
            let Some(board) = boards::find(conn, id)? else { return Ok(None) };
            let mut members = Vec::new();
            for agent in agents::of_board(conn, id)? {
                let gateway = gateways::find(conn, agent.gateway_id)?;
                members.push((agent, gateway));
            }
            // Workers leave before the lead whom they report to.
            members.sort_by_key(|(agent, _)| agent.is_board_lead);
            Ok(Some((board, members)))
        })
        .await;
    let Some((board, members)) = found? else { return Ok(json!({ "ok": true })) };
    for (agent, gateway) in &members {
        if let Some(gateway) = gateway {
            remove_from_gateway(fleet, gateway, agent).await.map_err(crate::trouble::Trouble::give_up)?;
        }
    }
    let deleted: Result<(), StoreError> = fleet
        .db()
        .write(move |tx| {
            if boards::lock(tx, board.id)?.is_none() {
                return Ok(());
            }
            boards::delete(tx, board.id)?;
            record::board_changed(tx, "board.deleted", &board);
            Ok(())
        })
        .await;
    deleted?;
    Ok(json!({ "ok": true }))
}
