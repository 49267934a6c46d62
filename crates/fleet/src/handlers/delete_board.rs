//! `board.delete`: removes a board's agents from their gateway, then the board with everything of it. When the gateway
//! refuses, the board stays.

use mission_control_core::models::{ActivityEvent, Agent, Board, Gateway, MessageKind};
use mission_control_shapes::events::Event;
use mission_control_store::{StoreError, Tx, activity, agents, boards, erase, gateways};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::JobError;
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::DeleteBoard;
use crate::provision::remove::{self, Removal};
use crate::reach::Trouble;
use crate::record;
use crate::say::{Words, say};
use crate::text::one_line;

/// A board and its agents, each with its gateway.
type BoardOnGateways = (Board, Vec<(Agent, Option<Gateway>)>);

impl Handler for DeleteBoard {
    async fn run(self, fleet: &Fleet, job: &Attempt) -> Result<Value, JobError> {
        let id = self.board;
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
        let mut removed = Removal::so_far(job);
        for (agent, gateway) in &members {
            if let Some(gateway) = gateway {
                let one =
                    remove::remove(fleet, gateway, agent).await.map_err(Trouble::retry_unless_refused)?;
                removed.add(job, one).await?;
            }
        }
        let (result, left) = (removed.result(), removed.sentence());
        let deleted: Result<(), StoreError> = fleet
            .db()
            .write(move |tx| {
                if boards::lock(tx, board.id)?.is_none() {
                    return Ok(());
                }
                erase::board(tx, board.id)?;
                if let Some(left) = left {
                    tell(tx, &board, &left)?;
                }
                record::board_changed(tx, Event::BoardDeleted, &board);
                Ok(())
            })
            .await;
        deleted?;
        Ok(result)
    }
}

/// People read it in the organization's feed, since the board has none any more. The main agent of its gateway has the means
/// to remove what the gateway left, and stays to be asked about it.
fn tell(tx: &mut Tx<'_>, board: &Board, left: &str) -> Result<(), StoreError> {
    let name = one_line(&board.name);
    let main = board.gateway_id.map(|gateway| agents::main_of(tx, gateway)).transpose()?.flatten();
    let event = ActivityEvent::new("board.delete.left_behind", format!("Board {name} is deleted. {left}"))
        .organization(board.organization_id);
    let event = match &main {
        Some(main) => event.agent(main.id),
        None => event,
    };
    activity::record(tx, &event)?;
    let Some(main) = main else { return Ok(()) };
    let text = format!(
        "The board {name} was deleted with its agents. {left}\n\nRemove those of these files and folders that still exist. \
         Then answer NO_REPLY."
    );
    say(tx, board.organization_id, &main, Words::new(MessageKind::Notice, text))
}
