//! A lead's word to an agent of its board.

use mission_control_core::id::AgentId;
use mission_control_core::models::{Agent, Board, MessageKind};

use super::text;
use crate::agents::check::agent_of;
use crate::error::FleetError;
use crate::fleet::Fleet;
use crate::jobs::kinds::Sender;
use crate::say::{Words, say_from};
use crate::wait::Reply;

/// Passes what a lead `said` on to an agent of the board.
///
/// # Errors
/// An agent that is not on the board or has no session; the gateway's refusal.
pub async fn nudge(
    fleet: &Fleet,
    lead: &Agent,
    board: &Board,
    target: AgentId,
    said: &str,
) -> Result<Reply<()>, FleetError> {
    let text = text::to_worker(board, lead, said);
    let (from, organization) = (Sender { agent: lead.id, board: board.id }, board.organization_id);
    let job = fleet
        .db()
        .write(move |tx| {
            let agent = agent_of(tx, from.board, target)?;
            let words = Words::new(MessageKind::Nudge, text).traced(
                ("agent.nudge.sent", format!("Nudge sent to {}.", agent.name)),
                ("agent.nudge.failed", format!("Nudge failed for {}", agent.name)),
            );
            say_from(tx, organization, from, &agent, words)
        })
        .await?;
    fleet.reply(job, "Nudging the agent failed").await
}
