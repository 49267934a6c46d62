//! What agents ask of one another: leads nudge and shape the agents of their board and reach people through the
//! gateway's main agent; the main agent speaks to the leads. Whoever asks waits until the gateway has it, or hears at
//! once why not.

mod ask_user;
mod leads;
mod nudge;
mod soul;
mod text;

use mission_control_core::id::{AgentId, BoardId, JobId};
use mission_control_core::models::Agent;
use mission_control_store::{Conn, agents};

pub use ask_user::{UserQuestion, ask_user};
pub use leads::{Delivery, Kind, LeadMessage, broadcast, message_lead};
pub use nudge::nudge;
pub use soul::{NewSoul, read_soul, write_soul};

use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::wait::Reply;

/// The agent of this id, if it works on the board.
fn agent_of(conn: &mut Conn, board: BoardId, id: AgentId) -> Result<Agent, FleetError> {
    let found = agents::find(conn, id)?.filter(|agent| agent.board_id == Some(board));
    found.ok_or(FleetError::not_found("Agent"))
}

/// Waits for what an agent asked for.
async fn settled(fleet: &Fleet, job: JobId, what: &str) -> Result<Reply<()>, FleetError> {
    Ok(match fleet.settle(job, what).await? {
        Some(_) => Reply::Done(()),
        None => Reply::Accepted { value: (), job },
    })
}
