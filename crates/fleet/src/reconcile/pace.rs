//! The pace of heartbeats: slower on idle boards, and back at once when work arrives.

use std::collections::HashMap;

use mission_control_core::id::{AgentId, BoardId};
use mission_control_core::models::{Agent, AgentChanges, Board, Gateway};
use mission_control_core::rules::heartbeat_pace::Pace;
use mission_control_core::rules::presence;
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::Event;
use mission_control_store::{Conn, StoreError, Tx, agents, boards, budgets, idleness};

use crate::fleet::Fleet;
use crate::record;

type Idle = HashMap<BoardId, Option<Timestamp>>;

/// Sets the pace of the agents on a gateway's boards; returns for how many it changed.
pub(super) async fn apply(fleet: &Fleet, gateway: &Gateway) -> Result<usize, StoreError> {
    let id = gateway.id;
    let organization = gateway.organization_id;
    let now = Timestamp::now();
    let (boards, idle, rows, slowing) = fleet
        .db()
        .snapshot(move |conn: &mut Conn| {
            let boards = boards::of_gateway(conn, id)?;
            let idle = idleness::last_work(conn, &boards)?;
            let slowing = budgets::slowing(conn, organization, now)?;
            Ok::<_, StoreError>((boards, idle, agents::of_gateway(conn, id)?, slowing))
        })
        .await?;
    let boards: HashMap<BoardId, Board> = boards.into_iter().map(|board| (board.id, board)).collect();
    let changes: Vec<(AgentId, Option<String>)> = rows
        .iter()
        .filter_map(|agent| {
            let board = boards.get(&agent.board_id?)?;
            let saves = slowing.iter().any(|budget| budget.whom().includes(organization, agent));
            let every = every(agent, board, &idle, saves, now);
            (every != agent.paced_every).then_some((agent.id, every))
        })
        .collect();
    if changes.is_empty() {
        return Ok(0);
    }
    fleet
        .db()
        .write(move |tx: &mut Tx<'_>| {
            let count = changes.len();
            for (id, every) in changes {
                if agents::lock(tx, id)?.is_none() {
                    continue;
                }
                let change = AgentChanges { paced_every: Some(every), ..AgentChanges::default() };
                let agent = agents::update(tx, id, &change)?;
                record::agent_changed(tx, organization, Event::AgentUpdated, &agent);
            }
            Ok(count)
        })
        .await
}

/// An agent that `saves` goes as slowly as on a board that has been idle for long, since its budget is nearly used up.
fn every(agent: &Agent, board: &Board, idle: &Idle, saves: bool, now: Timestamp) -> Option<String> {
    let own = presence::own_interval(agent.heartbeat_config.as_ref());
    let pace = Pace::of(board);
    if saves {
        return pace.slowest(own);
    }
    let idle = idle.get(&board.id).copied().flatten().map(|since| now.since(since));
    pace.every(own, idle)
}
